using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Telemetry;

/// <summary>
/// Which traces are kept, by OpenTelemetry's own variables; all, unless they say otherwise. A span follows the one that it goes on from, so that of a
/// delivery all is kept or nothing, in whatever process and on whatever day.
/// </summary>
internal static class Sampling
{
    private const string Name = "OTEL_TRACES_SAMPLER";
    private const string Argument = "OTEL_TRACES_SAMPLER_ARG";

    /// <summary>Samplers of Azure Monitor's exporter, which tells by how much its counts are to be multiplied.</summary>
    private const string AzureMonitors = "microsoft.";

    /// <returns>Null to leave it to Azure Monitor.</returns>
    /// <exception cref="UserErrorException">A setting is wrong.</exception>
    public static Sampler? Read(IConfiguration configuration, bool hasAzureMonitor) => configuration[Name]?.Trim() switch
    {
        null or "" or "parentbased_always_on" => new ParentBasedSampler(new AlwaysOnSampler()),
        "always_on" => new AlwaysOnSampler(),
        "always_off" => new AlwaysOffSampler(),
        "traceidratio" => new TraceIdRatioBasedSampler(Ratio(configuration)),
        "parentbased_always_off" => new ParentBasedSampler(new AlwaysOffSampler()),
        "parentbased_traceidratio" => new ParentBasedSampler(new TraceIdRatioBasedSampler(Ratio(configuration))),
        "microsoft.fixed_percentage" when hasAzureMonitor && Ratio(configuration) >= 0 => null,
        "microsoft.rate_limited" when hasAzureMonitor && Number(configuration) is >= 0 => null,
        { } other when other.StartsWith(AzureMonitors, StringComparison.Ordinal) && hasAzureMonitor =>
            throw new UserErrorException($"The setting {Name} is '{other}', which takes a number in {Argument}: a part (microsoft.fixed_percentage, 0 to 1) or traces per second (microsoft.rate_limited)."),
        var other => throw new UserErrorException($"The setting {Name} is '{other}'. There is parentbased_always_on (the default), parentbased_traceidratio, traceidratio, always_on and always_off."),
    };

    private static double Ratio(IConfiguration configuration) => string.IsNullOrWhiteSpace(configuration[Argument])
        ? 1
        : Number(configuration) is >= 0 and <= 1 and var ratio
            ? ratio
            : throw new UserErrorException($"The setting {Argument} is '{configuration[Argument]}'. It is the part of the traces that is kept: a number from 0 to 1.");

    private static double? Number(IConfiguration configuration) =>
        double.TryParse(configuration[Argument], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
