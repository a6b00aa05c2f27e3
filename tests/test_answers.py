"""What persons say on questions that rules put: in order, not in order, outdated, and opposed."""

import datetime as dt
import pickle

import pytest
from attrs import evolve

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.findings.answers import AnswerStatus, digest_of
from consistent.findings.report import Report
from consistent.model.proposal import Proposal
from consistent.model.recorded import RecordedAnswer
from tests.small_pack import write_small_pack
