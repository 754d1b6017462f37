"""What the operating system gives: files that are replaced whole, the end of child processes, a progress bar.

bytes ── files ──→ a file that is either the old one or the new one
work ── progress ──→ a bar on a terminal, nothing elsewhere
     ── commands ──→ an exit status
parent process ends ── processes ──→ its children end

Beside it stands what all rooms have in common: `arrays`, the kinds of arrays, and `versions`, of all that is stored.
"""

from retrieval.system.commands import FAILED, exit_status, speak_utf8
from retrieval.system.files import replace_file
from retrieval.system.processes import end_with_parent
from retrieval.system.progress import track

__all__ = ["FAILED", "end_with_parent", "exit_status", "replace_file", "speak_utf8", "track"]
