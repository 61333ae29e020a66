"""A time server (SNTP, RFC 4330) whose clock is off by a known amount, on a free port of 127.0.0.1.

usage: sntp.py SECONDS [HOW]

HOW: `late` answers after 0.2 s; `strays` sends answers to other requests and cut ones first; `kiss` refuses (RATE);
`unset` says that its clock is not set; `silent` says nothing. Prints the port as a line of JSON; ends when standard input
does.
"""
import json, os, socket, struct, sys, threading, time

offset, how = float(sys.argv[1]), (sys.argv[2:] or [""])[0]
listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
listener.bind(("127.0.0.1", 0))
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print(json.dumps([listener.getsockname()[1]]), flush=True)


def stamp():
    seconds = time.time() + offset + 2208988800
    return struct.pack("!II", int(seconds) & 0xFFFFFFFF, int(seconds % 1 * 2**32))


while True:
    packet, client = listener.recvfrom(1024)
    received = stamp()
    assert len(packet) == 48 and packet[0] == 0x23 and packet[1:40] == bytes(39), packet
    if how == "late":
        time.sleep(0.2)
    leap, stratum, identity = 0, 2, bytes([192, 0, 2, 1])
    if how == "kiss":
        stratum, identity = 0, b"RATE"
    if how == "unset":
        leap = 3
    head = bytes([leap << 6 | 4 << 3 | 4, stratum, 6, 0xEC]) + bytes(8) + identity + stamp()
    answer = head + packet[40:48] + received + stamp()
    if how == "strays":
        listener.sendto(head + os.urandom(8) + received + stamp(), client)
        listener.sendto(answer[:47], client)
        listener.sendto(bytes([0x23]) + answer[1:], client)
    if how != "silent":
        listener.sendto(answer, client)
