using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Azure;

/// <summary>
/// The setting <c>Storage:Connection</c>, in one of four forms:
/// <list type="bullet">
/// <item>a connection string with a key or a shared access signature, or <c>UseDevelopmentStorage=true</c> for Azurite;</item>
/// <item>the name of a storage account: <c>myaccount</c>;</item>
/// <item>the address of its tables or blobs: <c>https://myaccount.table.core.windows.net</c>; the other ones are derived;</item>
/// <item>all three addresses, where they cannot be derived: <c>TableEndpoint=https://…;BlobEndpoint=https://…;QueueEndpoint=https://…</c>.</item>
/// </list>
/// Names and addresses hold no secret: the identity of this process signs in (managed identity, <c>az login</c>, environment).
/// </summary>
public sealed partial class AzureConnection
{
    /// <summary>An address that drops packets would otherwise cost minutes, try by try.</summary>
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>One for the process: it pools connections, and renews them so that a moved address is noticed.</summary>
    private static readonly HttpClientTransport Transport = new(new SocketsHttpHandler
    {
        ConnectTimeout = ConnectWithin,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
    });

    private const string Forms =
        "Storage:Connection (--storage) takes a connection string, UseDevelopmentStorage=true, the name of a storage account, or its address "
        + "such as https://myaccount.table.core.windows.net.";

    private readonly Func<string, QueueClient> queue;

    private AzureConnection(TableServiceClient tables, BlobServiceClient blobs, Func<string, QueueClient> queue) =>
        (Tables, Blobs, this.queue) = (tables, blobs, queue);

    public Uri TableAddress => Tables.Uri;

    public Uri BlobAddress => Blobs.Uri;

    internal TableServiceClient Tables { get; }

    internal BlobServiceClient Blobs { get; }

    /// <summary>A queue of the account, whose messages are taken as they are.</summary>
    /// <param name="name">3 … 63 lower-case letters, digits and hyphens.</param>
    /// <exception cref="UserErrorException">The connection string knows no queues.</exception>
    internal QueueClient Queue(string name)
    {
        try
        {
            var client = queue(name);
            return client.Uri is null ? throw new InvalidOperationException() : client;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            throw new UserErrorException("The storage connection string names no queues. Add its QueueEndpoint, or copy the string anew from the portal (Access keys).");
        }
    }

    /// <summary>Reads the setting; asks no service.</summary>
    /// <exception cref="UserErrorException">It has none of the forms.</exception>
    public static AzureConnection Parse(string setting) => Parse(setting, new DefaultAzureCredential());

    /// <param name="identity">Who signs in when the setting holds no secret.</param>
    /// <param name="transport">What sends; null for that of the process.</param>
    public static AzureConnection Parse(string setting, TokenCredential identity, HttpPipelineTransport? transport = null)
    {
        transport ??= Transport;
        var text = setting.Trim();
        if (AccountName().IsMatch(text))
            text = $"https://{text}.table.core.windows.net";
        if (!text.Contains("://", StringComparison.Ordinal) || text.Contains(';', StringComparison.Ordinal))
            return OfEndpoints(text, identity, transport) ?? OfString(text, transport);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || ServiceHost().Match(address.Host) is not { Success: true } host)
            throw new UserErrorException($"The storage address is no address of tables or blobs. {Forms}");
        if (address.Scheme != Uri.UriSchemeHttps || address.Query.Length > 0 || address.UserInfo.Length > 0)
            throw new UserErrorException($"The storage address must start with https:// and hold no signature or password. {Forms}");
        return OfIdentity(identity, Address("table"), Address("blob"), Address("queue"), transport);

        Uri Address(string service) => new($"https://{host.Groups["account"].Value}.{service}.{host.Groups["cloud"].Value}");
    }

    private static AzureConnection OfIdentity(TokenCredential identity, Uri tables, Uri blobs, Uri? queues, HttpPipelineTransport transport) => new(
        new TableServiceClient(tables, identity, Configured(new TableClientOptions(), transport)),
        new BlobServiceClient(blobs, identity, Configured(new BlobClientOptions(), transport)),
        name => queues is null
            ? throw new ArgumentException("no queues", nameof(name))
            : new QueueClient(new Uri($"{queues.AbsoluteUri.TrimEnd('/')}/{name}"), identity, Configured(new QueueClientOptions(), transport)));

    /// <summary>Addresses alone; null when the text is another kind of connection string.</summary>
    private static AzureConnection? OfEndpoints(string text, TokenCredential identity, HttpPipelineTransport transport)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2)).Where(p => p.Length == 2)
            .ToLookup(p => p[0].Trim(), p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (parts.Any(p => p.Key.ToLowerInvariant() is not ("tableendpoint" or "blobendpoint" or "queueendpoint" or "accountname"))
            || Endpoint("TableEndpoint") is not { } tables || Endpoint("BlobEndpoint") is not { } blobs)
            return null;
        return OfIdentity(identity, tables, blobs, Endpoint("QueueEndpoint"), transport);

        Uri? Endpoint(string name) => parts[name].FirstOrDefault() is not { } value ? null
            : Uri.TryCreate(value, UriKind.Absolute, out var address) && address is { Scheme: "https", Query: "", UserInfo: "" } ? address
            : throw new UserErrorException($"{name} in the storage setting must start with https:// and hold no signature or password. {Forms}");
    }

    private static AzureConnection OfString(string text, HttpPipelineTransport transport)
    {
        try
        {
            return new AzureConnection(
                new TableServiceClient(text, Configured(new TableClientOptions(), transport)),
                new BlobServiceClient(text, Configured(new BlobClientOptions(), transport)),
                name => new QueueClient(text, name, Configured(new QueueClientOptions(), transport)));
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            // Neither the text nor the reader's words are repeated: both may hold the key.
            throw new UserErrorException($"The storage connection string cannot be read. Copy it anew from the portal (Access keys). {Forms}");
        }
    }

    private static T Configured<T>(T options, HttpPipelineTransport transport)
        where T : ClientOptions
    {
        options.Transport = transport;
        // The default of tables; blobs would try six times and take half a minute to say that nobody is there.
        options.Retry.MaxRetries = 3;
        options.Retry.NetworkTimeout = AnswerWithin;
        return options;
    }

    [GeneratedRegex("^[a-z0-9]{3,24}$")]
    private static partial Regex AccountName();

    [GeneratedRegex(@"^(?<account>[a-z0-9]{3,24})\.(table|blob)\.(?<cloud>[a-z0-9.-]+)$")]
    private static partial Regex ServiceHost();
}
