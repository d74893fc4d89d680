"""Notes: free text that can be erased while its event still proves that it was there."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from deskui.desk.model import Agent
from deskui.desk.records import NoteRecord


def proof_of(salt: str, text: str) -> str:
    """SHA-256 of salt and text, in hex: kept by the event, of no use once the salt is erased."""
    return hashlib.sha256(f"{salt}\x00{text}".encode()).hexdigest()


def new_note(
    ticket_id: int, at: datetime, agent: Agent | None, kind: str, text: str
) -> tuple[NoteRecord, str]:
    """A note and the proof its event keeps."""
    salt = secrets.token_hex(16)
    agent_id = None if agent is None else agent.agent_id
    return NoteRecord(0, ticket_id, at, agent_id, kind, text, salt), proof_of(salt, text)
