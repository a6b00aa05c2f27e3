"""The subsidiarity dossier and the calendar."""
