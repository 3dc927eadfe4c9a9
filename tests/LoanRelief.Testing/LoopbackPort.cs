using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LoanRelief.Testing;

/// <summary>Free ports on 127.0.0.1 for programs that can not be told "any port".</summary>
public static class LoopbackPort
{
    // Below the range from which the system takes ports of outgoing connections, so that none of these takes
    // the port of a program that has been killed and is about to start again.
    private const int First = 20_000;
    private const int Last = 31_999;

    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    /// <summary>A port that was free a moment ago and that no other caller in this process gets.</summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = Random.Shared.Next(First, Last + 1);
            if (Taken.TryAdd(port, true) && CanBind(port))
                return port;
        }

        throw new InvalidOperationException($"No free port between {First} and {Last} on 127.0.0.1.");
    }

    private static bool CanBind(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
