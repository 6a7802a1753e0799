using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Testing.Azurite;

/// <summary>
/// A running Azurite: on ports that the system chose, on the loopback only, with its data in memory. It ends with <see cref="DisposeAsync"/>,
/// or when this process ends in any way (<c>tests/azurite/start.js</c>).
/// </summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    private const string Account = "backlogtests";

    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private AzuriteServer(Process process, string connection, X509Certificate2? certificate) =>
        (this.process, Connection, Certificate) = (process, connection, certificate);

    /// <summary>A connection string for it, with a key that was made for this start.</summary>
    public string Connection { get; }

    /// <summary>What it proves itself with where it takes tokens instead of keys; null where it takes keys.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Installs Azurite if need be, starts it and waits until it listens.</summary>
    public static Task<AzuriteServer> StartAsync() => StartAsync(null);

    /// <summary>One that takes OAuth tokens, over HTTPS. It checks issuer, audience and expiry of a token, not its signature.</summary>
    public static Task<AzuriteServer> StartForTokensAsync() => StartAsync(SelfSigned.Make());

    private static async Task<AzuriteServer> StartAsync(SelfSigned? own)
    {
        await AzuritePackage.InstallAsync();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var process = Process.Start(StartInfo(key, own))!;
        try
        {
            using var deadline = new CancellationTokenSource(StartWithin);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var addresses = await ReadAddressesAsync(process.StandardOutput, deadline.Token)
                ?? throw new InvalidOperationException($"Azurite did not start: {await errors}");
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new AzuriteServer(process, own is null ? ConnectionOf(addresses, key) : EndpointsOf(addresses), own?.Certificate);
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // It is killed below.
        }

        End(process);
    }

    private static ProcessStartInfo StartInfo(string key, SelfSigned? own)
    {
        string[] arguments =
        [
            "start.js", "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--inMemoryPersistence", "--extentMemoryLimit", "512",
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            .. own is null ? (string[])[] : ["--oauth", "basic", "--cert", own.CertificatePath, "--key", own.KeyPath],
        ];
        return new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = AzuritePackage.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" },
        };
    }

    /// <summary>The address of each service, as Azurite prints it; null when it ends before it listens.</summary>
    private static async Task<Dictionary<string, string>?> ReadAddressesAsync(StreamReader output, CancellationToken cancellation)
    {
        var addresses = new Dictionary<string, string>();
        while (!(addresses.ContainsKey("Blob") && addresses.ContainsKey("Queue") && addresses.ContainsKey("Table")))
        {
            if (await output.ReadLineAsync(cancellation) is not { } line)
                return null;
            if (Listening().Match(line) is { Success: true } match)
                addresses[match.Groups[1].Value] = match.Groups[2].Value;
        }

        return addresses;
    }

    private static string ConnectionOf(Dictionary<string, string> addresses, string key) =>
        $"AccountName={Account};AccountKey={key};{EndpointsOf(addresses)}";

    private static string EndpointsOf(Dictionary<string, string> addresses) =>
        $"BlobEndpoint={addresses["Blob"]}/{Account};QueueEndpoint={addresses["Queue"]}/{Account};TableEndpoint={addresses["Table"]}/{Account};";

    private static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    [GeneratedRegex(@"^Azurite (\w+) service is successfully listening at (\S+)$")]
    private static partial Regex Listening();
}
