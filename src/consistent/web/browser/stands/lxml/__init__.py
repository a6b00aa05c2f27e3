"""lxml in Python: XML as expat reads it, HTML as justhtml does, XPath by elementpath."""
