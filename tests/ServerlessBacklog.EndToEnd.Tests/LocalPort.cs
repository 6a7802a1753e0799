using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>Where a program of a test listens, and until when it is waited for.</summary>
internal static class LocalPort
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asks until the program answers.</summary>
    public static async Task<string> GetAsync(HttpClient client, int port, string path)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            try
            {
                return await client.GetStringAsync(new Uri($"http://localhost:{port}{path}"), TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException) when (waited.Elapsed < Backlog.Deadline)
            {
                // It is not up yet.
            }
        }
    }
}
