"""The Dutch appraisal of a Commission proposal (BNC-fiche) as a first draft: what a check knows, and a gap for what it cannot know."""
