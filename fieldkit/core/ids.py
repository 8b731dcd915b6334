"""Names for the ids that travel: scopes, entities, writers; 32 hex digits each."""

import hashlib
import secrets
from typing import NewType

ScopeId = NewType("ScopeId", str)
EntityId = NewType("EntityId", str)
WriterId = NewType("WriterId", str)
InstallId = NewType("InstallId", str)
PersonId = NewType("PersonId", str)
ID_BYTES = 16


def new_id() -> str:
    """Mint a random 128-bit id as 32 hex digits."""
    return secrets.token_hex(ID_BYTES)


def natural_id(scope: ScopeId, kind: str, key: str) -> EntityId:
    """Name what exists once by nature, so two laptops meet in one register (decisions 1)."""
    text = "\0".join((scope, kind, key)).encode()
    return EntityId(hashlib.sha256(text).hexdigest()[: 2 * ID_BYTES])


def is_id(text: object) -> bool:
    """Say whether the value is a well-formed id: 32 lower-case hex digits."""
    return (
        isinstance(text, str)
        and len(text) == 2 * ID_BYTES
        and all(c in "0123456789abcdef" for c in text)
    )
