"""Parquet files of partitions in a place that all workers see: a folder, or a bucket of an S3-compatible store."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from rfc_analyzer.errors import BadInput, MissingDependency

_PARTIAL = ".partial"


@dataclass(frozen=True)
class Storage:
    """Tables by name under ``url``, any that fsspec knows: ``/shared/run``, ``s3://bucket/run``.

    It is sent to workers, which open it themselves. The endpoint and keys of an S3-compatible store come from the
    usual variables (``AWS_ENDPOINT_URL``, ``AWS_ACCESS_KEY_ID`` …), so that they are in no file of the analysis.
    """

    url: str

    def write(self, name: str, table: pa.Table) -> None:
        """Write a table at once: readers see all of it or nothing."""
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        place = self._place(name)
        files, _ = self._opened()
        if not self._local():
            files.pipe_file(place, buffer.getvalue())  # an object appears whole
            return
        files.makedirs(self._root(), exist_ok=True)
        partial = f"{place}.{uuid4().hex}{_PARTIAL}"
        files.pipe_file(partial, buffer.getvalue())
        os.replace(partial, place)  # noqa: PTH105 - both are fsspec's own plain paths

    def read(self, name: str) -> pa.Table:
        """The table of that name. Raises ``FileNotFoundError``, or ``pyarrow.ArrowInvalid`` where it is damaged."""
        files, _ = self._opened()
        return pq.read_table(io.BytesIO(files.cat_file(self._place(name))))

    def find(self, name: str) -> pa.Table | None:
        """The table of that name; None where it is not there, or damaged."""
        try:
            return self.read(name)
        except (FileNotFoundError, pa.ArrowInvalid, pa.ArrowIOError):
            return None

    def remove(self, name: str) -> None:
        """Remove a table, if it is there."""
        files, _ = self._opened()
        try:
            files.rm_file(self._place(name))
        except FileNotFoundError:
            return

    def check(self) -> None:
        """Raise :class:`BadInput` where nothing can be written there, or :class:`MissingDependency`."""
        try:
            self.write("writable", pa.table({}))
            self.remove("writable")
        except MissingDependency:
            raise
        except Exception as error:  # each kind of store has its own
            raise BadInput(f"partitions can't be kept in {self.url}: {error}; check its name and the keys") from error

    def _place(self, name: str) -> str:
        return f"{self._root()}/{name}.parquet"

    def _root(self) -> str:
        return str(self._opened()[1]).rstrip("/")

    def _local(self) -> bool:
        return "://" not in self.url or self.url.startswith("file://")

    def _opened(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        try:
            files, root = url_to_fs(self.url)  # fsspec keeps what it has opened
        except ImportError as error:
            raise MissingDependency(f"{self.url} needs a package: {error}") from error
        except ValueError as error:
            raise BadInput(f"{self.url} is no place that can be written to: {error}") from error
        return files, root
