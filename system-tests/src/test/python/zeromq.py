"""What docs/protocols.md says of ZeroMQ, tried with pyzmq: zeromq.py ENDPOINT, against the demo actors."""

import json
import sys

import zmq

PATIENCE_MILLIS = 60_000


def client(context, kind, endpoint):
    socket = context.socket(kind)
    socket.setsockopt(zmq.LINGER, 0)
    socket.setsockopt(zmq.RCVTIMEO, PATIENCE_MILLIS)
    socket.connect(endpoint)
    return socket


def req_of_2019(req):
    req.send(b'{"actor": "vadder", "input": 10, "slo_ms": 30000}')
    assert req.recv() == b'{"success": true, "actor": "vadder", "result": 11}'


def req_of_three_frames(req):
    req.send_multipart([b"vadder", b'{"slo_ms": 30000, "id": "q-1"}', b"10"])
    header, result = req.recv_multipart()
    assert json.loads(header) == {"success": True, "id": "q-1", "media_type": "application/json"}, header
    assert result == b"11"


def req_of_a_bad_message(req):
    req.send_multipart([b"nobody", b"{}", b"1"])
    header, nothing = req.recv_multipart()
    assert json.loads(header)["code"] == "NOT_FOUND", header
    assert nothing == b""


def req_of_a_stream(req):
    req.send_multipart([b"ticks", b"{}", b"3"])
    assert req.recv_multipart()[1] == b"[1, 2, 3]"


def dealer_with_many_in_flight(dealer):
    for i in range(500):
        dealer.send_multipart([b"vadder", json.dumps({"id": str(i), "slo_ms": 30000}).encode(), str(i).encode()])
    results = {}
    for _ in range(500):
        header, result = dealer.recv_multipart()
        results[json.loads(header)["id"]] = int(result)
    assert results == {str(i): i + 1 for i in range(500)}


def dealer_of_a_stream(dealer):
    dealer.send_multipart([b"ticks", b'{"id": "s"}', b"20"])
    for i in range(1, 21):
        header, item = dealer.recv_multipart()
        assert json.loads(header)["more"] is True and int(item) == i
    header, nothing = dealer.recv_multipart()
    assert json.loads(header) == {"success": True, "id": "s", "more": False} and nothing == b""


def dealer_of_bytes(dealer):
    payload = bytes(range(256)) * 4096
    dealer.send_multipart([b"echo", b'{"media_type": "application/octet-stream"}', payload])
    header, result = dealer.recv_multipart()
    assert json.loads(header)["media_type"] == "application/octet-stream"
    assert result == payload


def main():
    context = zmq.Context()
    req = client(context, zmq.REQ, sys.argv[1])
    for rule in (req_of_2019, req_of_three_frames, req_of_a_bad_message, req_of_a_stream):
        rule(req)
    dealer = client(context, zmq.DEALER, sys.argv[1])
    for rule in (dealer_with_many_in_flight, dealer_of_a_stream, dealer_of_bytes):
        rule(dealer)
    print("all hold")


if __name__ == "__main__":
    main()
