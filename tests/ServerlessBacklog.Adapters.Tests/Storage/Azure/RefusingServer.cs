using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ServerlessBacklog.Adapters.Tests.Storage.Azure;

/// <summary>A server that answers every request with one refusal, where Azurite cannot be brought to give it.</summary>
internal sealed class RefusingServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task answering;

    /// <param name="code">The service's error code; null for a server that is no storage service.</param>
    public RefusingServer(int status, string? code)
    {
        Address = $"http://127.0.0.1:{UnusedPort()}/acct";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        answering = AnswerAsync(status, code);
    }

    public string Address { get; }

    public string Connection => $"AccountName=acct;AccountKey=c2VjcmV0;TableEndpoint={Address};BlobEndpoint={Address};";

    public static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await answering;
    }

    private async Task AnswerAsync(int status, string? code)
    {
        try
        {
            while (true)
            {
                var call = await listener.GetContextAsync();
                call.Response.StatusCode = status;
                if (code is not null)
                {
                    call.Response.AddHeader("x-ms-request-id", $"{Guid.NewGuid()}");
                    call.Response.AddHeader("x-ms-error-code", code);
                    if (call.Request.AcceptTypes is [var type, ..] && type.StartsWith("application/json", StringComparison.Ordinal))
                        await WriteTableErrorAsync(call.Response, code);
                }

                call.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>Blobs give the code in the header only.</summary>
    private static Task WriteTableErrorAsync(HttpListenerResponse response, string code)
    {
        response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(response.OutputStream, new Dictionary<string, object>
        {
            ["odata.error"] = new { code, message = new { lang = "en-US", value = "Refused." } },
        });
    }
}
