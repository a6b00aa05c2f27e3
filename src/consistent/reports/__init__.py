"""From what was found to what is read: outlines with their four renderers, and forms for other tools."""
