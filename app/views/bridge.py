"""Between the service's client and Qt: calls run in worker threads, answers arrive in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

from second_me.app.service.protocol import RemoteFault

Done = Callable[[Any], None]
Failed = Callable[[RemoteFault], None]
_THREADS = 6


class Caller(Protocol):
    """What is needed of `second_me.app.service.client.Client`."""

    def call(self, method: str, patience: float | None = None, **params: object) -> Any:
        """One blocking call. Raises RemoteFault."""

    def subscribe(self, listener: Callable[[str, dict[str, Any]], None]) -> None:
        """Hear every notification, in the client's reader thread."""

    def close(self) -> None:
        """End the connection; calls under way raise RemoteFault."""


class _Delivery:
    """One answer on its way to the GUI thread."""

    def __init__(self, owner: QObject | None, done: Done | None, failed: Failed | None) -> None:
        self.owner, self.done, self.failed = owner, done, failed
        self.result: Any = None
        self.fault: RemoteFault | None = None

    def wanted(self) -> bool:
        return self.owner is None or isValid(self.owner)


def _receiver(done: Done | None) -> QObject | None:
    owner = getattr(done, "__self__", None)
    return owner if isinstance(owner, QObject) else None


class Service(QObject):
    """The service as the windows see it. Lives in the GUI thread and never blocks it."""

    notified = Signal(str, dict)
    """A notification of the service: its method and its parameters (docs/protocol.md)."""
    closed = Signal()
    """The connection ended; nothing can be asked any more."""
    unhandled = Signal(object)
    """A RemoteFault of a request that had nobody to hear it."""
    _arrived = Signal(object)
    _heard = Signal(str, dict)

    def __init__(self, client: Caller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._arrived.connect(self._deliver)
        self._heard.connect(self._hear)
        client.subscribe(self._heard.emit)

    def request(
        self,
        method: str,
        params: dict[str, Any] | None = None,
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Ask without waiting; `done` or `failed` is called in the GUI thread.

        Nothing is delivered when `owner` was deleted meanwhile; it is the object whose method `done` is,
        unless given (give it with a lambda). Without `failed` a fault goes to `unhandled`.
        """
        delivery = _Delivery(owner or _receiver(done) or _receiver(failed), done, failed)
        self._pool.start(lambda: self._work(delivery, method, params or {}))

    def close(self) -> None:
        """End the connection and wait for the calls under way."""
        self._client.close()
        self._pool.waitForDone()

    def _work(self, delivery: _Delivery, method: str, params: dict[str, Any]) -> None:
        try:
            delivery.result = self._client.call(method, **params)
        except RemoteFault as fault:
            delivery.fault = fault
        if isValid(self):
            self._arrived.emit(delivery)

    def _deliver(self, delivery: _Delivery) -> None:
        if not delivery.wanted():
            return
        if delivery.fault is None:
            if delivery.done is not None:
                delivery.done(delivery.result)
        elif delivery.failed is not None:
            delivery.failed(delivery.fault)
        else:
            self.unhandled.emit(delivery.fault)

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "closed":
            self.closed.emit()
        else:
            self.notified.emit(method, params)
