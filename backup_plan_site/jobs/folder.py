"""kombu's filesystem transport, with files that appear whole.

kombu makes a message's file first and fills it afterwards. A worker that looks in between reads nothing, stops on
the JSON error and the message is gone: 180 of 4000 with two writers and two readers. Here every file is written
under another name and renamed. It also keeps taken messages inside the folder; kombu moves them through /tmp.
"""

import os
import uuid
from pathlib import Path
from queue import Empty
from time import time_ns

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


def _write_whole(path: Path, payload) -> None:
    draft = path.with_name(f".{uuid.uuid4().hex}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(dumps(payload))
    draft.replace(path)


class Channel(filesystem.Channel):
    def _queue_bind(self, exchange, routing_key, pattern, queue):
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        rows = self.get_table(exchange)
        if row not in rows:
            _write_whole(self._exchange_file(exchange), [row, *rows])

    def _put(self, queue, payload, **kwargs):
        name = f"{time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        _write_whole(Path(self.data_folder_out) / name, payload)

    def _get(self, queue):
        ending = f".{queue}.msg"
        folder, taken_folder = Path(self.data_folder_in), Path(self.transport_options["taken_folder"])
        for name in sorted(n for n in os.listdir(folder) if n.endswith(ending)):  # noqa: PTH208 (names alone, fast)
            taken = taken_folder / name
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:
                # Another worker was faster.
                continue
            message = taken.read_text()
            taken.unlink()
            return loads(message)
        raise Empty


class Transport(filesystem.Transport):
    Channel = Channel

    def drain_events(self, connection, timeout=None):
        # The worker asks for 2 s at a time, and looks only in between whether it should stop.
        return super().drain_events(connection, timeout=0.3)
