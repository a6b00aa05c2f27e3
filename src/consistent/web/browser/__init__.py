"""The workbench without a server: the same application in Python for the browser (Pyodide), as a folder of files.

- `building`: makes the folder; `parts.toml` pins what comes from elsewhere.
- `page`: what the folder holds of its own: the page, the worker that Python runs in, and the frame that pages are shown in.
- `running`: what Python does there.
- `stands`: what stands in for compiled libraries that have no build for the browser.
"""
