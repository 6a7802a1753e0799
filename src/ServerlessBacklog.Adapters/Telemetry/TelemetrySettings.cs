using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Telemetry;

/// <summary>Where telemetry goes, by the variables that OpenTelemetry and Azure Monitor have for it.</summary>
/// <param name="Sampler">Null to leave it to Azure Monitor.</param>
/// <param name="Traces">Where traces go by OTLP; null for nowhere.</param>
internal sealed record TelemetrySettings(
    string ServiceName, string Host, AzureMonitorSettings? AzureMonitor, Sampler? Sampler, OtlpTarget? Traces, OtlpTarget? Metrics, OtlpTarget? Logs)
{
    private const string Disabled = "OTEL_SDK_DISABLED";

    /// <returns>Null when nothing is to be sent.</returns>
    /// <exception cref="UserErrorException">A setting is wrong.</exception>
    public static TelemetrySettings? Read(IConfiguration configuration)
    {
        if (string.Equals(configuration[Disabled]?.Trim(), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        var azure = AzureMonitorSettings.Read(configuration);
        var (traces, metrics, logs) = (OtlpTarget.Read(configuration, "TRACES"), OtlpTarget.Read(configuration, "METRICS"), OtlpTarget.Read(configuration, "LOGS"));
        return azure is null && traces is null && metrics is null && logs is null
            ? null
            : new TelemetrySettings(
                configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : Tracing.Name,
                configuration["FUNCTIONS_WORKER_RUNTIME"] is null ? "local" : "functions",
                azure,
                Sampling.Read(configuration, azure is not null),
                traces,
                metrics,
                logs);
    }
}

/// <summary>Where one signal goes by OTLP. What is null is as the variables for all signals say, which the exporter reads itself.</summary>
/// <param name="Endpoint">The whole address, path included.</param>
/// <param name="Headers">As the variable has them: <c>name=value,…</c>.</param>
internal sealed record OtlpTarget(Uri? Endpoint, OtlpExportProtocol? Protocol, string? Headers)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <param name="signal"><c>TRACES</c>, <c>METRICS</c> or <c>LOGS</c>.</param>
    /// <returns>Null when it goes nowhere.</returns>
    public static OtlpTarget? Read(IConfiguration configuration, string signal)
    {
        var all = Address(configuration, $"{Prefix}ENDPOINT");
        var own = Address(configuration, $"{Prefix}{signal}_ENDPOINT");
        if ((all ?? own) is null || configuration[$"OTEL_{signal}_EXPORTER"]?.Trim() is "none")
            return null;
        var forAll = ProtocolOf(configuration, $"{Prefix}PROTOCOL");
        return new OtlpTarget(own, ProtocolOf(configuration, $"{Prefix}{signal}_PROTOCOL") ?? forAll, configuration[$"{Prefix}{signal}_HEADERS"]);
    }

    private static Uri? Address(IConfiguration configuration, string name) => configuration[name]?.Trim() switch
    {
        null or "" => null,
        { } text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" => address,
        _ => throw new UserErrorException($"The setting {name} is no address of a collector. Write it whole, for example http://localhost:4317, or leave it out to send nothing."),
    };

    private static OtlpExportProtocol? ProtocolOf(IConfiguration configuration, string name) => configuration[name]?.Trim() switch
    {
        null or "" => null,
        "grpc" => OtlpExportProtocol.Grpc,
        "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
        var other => throw new UserErrorException($"The setting {name} is '{other}'; there is grpc (port 4317) and http/protobuf (port 4318)."),
    };
}
