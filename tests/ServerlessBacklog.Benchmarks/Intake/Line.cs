using System.Net;
using System.Net.Sockets;

namespace ServerlessBacklog.Benchmarks.Intake;

/// <summary>A connection that stays open, and as little work as possible on this side of it: both sides share the processor.</summary>
internal sealed class Line : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[16 * 1024];

    public static async Task<Line> OpenAsync(int port)
    {
        var line = new Line();
        try
        {
            await line.socket.ConnectAsync(IPAddress.Loopback, port);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <returns>The status of the answer.</returns>
    public async Task<int> AskAsync(ReadOnlyMemory<byte> request)
    {
        while (request.Length > 0)
            request = request[await socket.SendAsync(request)..];
        var length = 0;
        while (!IsWhole(answer.AsSpan(0, length)))
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            length += read > 0 ? read : throw new IOException("The host hung up before it had answered.");
        }

        return ((answer[9] - '0') * 100) + ((answer[10] - '0') * 10) + answer[11] - '0';
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> told)
    {
        var end = told.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var at = told.IndexOf("Content-Length: "u8);
        if (at < 0 || at > end)
            return told.EndsWith("0\r\n\r\n"u8);
        var text = told[(at + 16)..];
        return told.Length == end + 4 + int.Parse(text[..text.IndexOf((byte)'\r')], System.Globalization.CultureInfo.InvariantCulture);
    }
}
