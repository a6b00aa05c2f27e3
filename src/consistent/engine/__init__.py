"""Engines: a program and a proposal in, truth values out."""
