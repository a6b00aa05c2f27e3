"""What can be asked of a check beyond its report; each asks by checking again."""
