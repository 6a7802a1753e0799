using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Telemetry;

/// <summary>Application Insights, by the two settings that Azure Functions has for it too.</summary>
/// <param name="Credential">Who signs in, where the resource takes no keys; null for the key of the connection string.</param>
internal sealed record AzureMonitorSettings(string ConnectionString, TokenCredential? Credential)
{
    private const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <returns>Null when it is not used.</returns>
    /// <exception cref="UserErrorException">A setting is wrong.</exception>
    public static AzureMonitorSettings? Read(IConfiguration configuration)
    {
        if (configuration[Connection]?.Trim() is not { Length: > 0 } connection)
            return null;
        var parts = Parts(connection);
        if (!Guid.TryParse(parts.GetValueOrDefault("InstrumentationKey"), out _)
            || (parts.TryGetValue("IngestionEndpoint", out var endpoint) && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")))
        {
            throw new UserErrorException(
                $"The setting {Connection} is no connection string of Application Insights (InstrumentationKey=…;IngestionEndpoint=https://…). Copy it from the resource's overview, or leave it out to send nothing.");
        }

        return new AzureMonitorSettings(connection, CredentialOf(configuration[Authentication]?.Trim()));
    }

    public void Apply(AzureMonitorExporterOptions options)
    {
        options.ConnectionString = ConnectionString;
        options.Credential = Credential;
        // Looked at live, a process would keep a line of its own open.
        options.EnableLiveMetrics = false;
    }

    private static DefaultAzureCredential? CredentialOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var parts = Parts(text);
        return string.Equals(parts.GetValueOrDefault("Authorization"), "AAD", StringComparison.OrdinalIgnoreCase)
            ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = parts.GetValueOrDefault("ClientId") })
            : throw new UserErrorException($"The setting {Authentication} is written Authorization=AAD, or Authorization=AAD;ClientId=… for a user-assigned identity. Leave it out to go by the key of {Connection}.");
    }

    private static Dictionary<string, string> Parts(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
                parts[part[..at].Trim()] = part[(at + 1)..].Trim();
        }

        return parts;
    }
}
