"""The models' side of the house: the only place that knows llama.cpp.

The parent's process sees `client.py` (a `ModelProcess` that offers the ports Generator and Embedder) and
`starter.py` (fetching); everything native happens in the child, which `worker.py` runs:

    client.py  ->  channel.py  == frames over pipes ==>  worker.py  ->  requests.py  ->  contexts.py
    switching.py, worker_ports.py                                       chat.py, embedder.py  ->  context.py, llama.py

A crash of native code ends the child alone, and the next request starts another.
"""
