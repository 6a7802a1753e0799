using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Telemetry;

/// <summary>Sends traces, metrics and logs where the settings say, for every host: docs/observability.md. Without a setting nothing is set up.</summary>
public static class TelemetryServices
{
    /// <summary>Whether it goes anywhere. False where a setting is wrong too: that is told when the host starts, not while it is built.</summary>
    public static bool IsConfigured(IConfiguration configuration)
    {
        try
        {
            return TelemetrySettings.Read(configuration) is not null;
        }
        catch (UserErrorException)
        {
            return false;
        }
    }

    /// <exception cref="UserErrorException">A setting is wrong.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (TelemetrySettings.Read(configuration) is { } settings)
            Add(services, settings);
        return services;
    }

    /// <summary>
    /// Begins to listen, on a host that starts no services by itself. What was heard is sent at the latest when the services are disposed,
    /// which takes some seconds where nobody answers.
    /// </summary>
    public static ServiceProvider BeginTelemetry(this ServiceProvider services)
    {
        services.GetService<TracerProvider>();
        services.GetService<MeterProvider>();
        return services;
    }

    private static void Add(IServiceCollection services, TelemetrySettings settings)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource
            .AddService(settings.ServiceName, serviceVersion: Reporting.ProductVersion)
            .AddAttributes([new("backlog.host", settings.Host)]));
        if (settings.AzureMonitor is not null || settings.Traces is not null)
            telemetry.WithTracing(traces => Trace(traces.AddSource(Tracing.Name), settings));
        if (settings.AzureMonitor is not null || settings.Metrics is not null)
            telemetry.WithMetrics(metrics => Measure(metrics.AddMeter(Tracing.Name), settings));
        if (settings.AzureMonitor is not null || settings.Logs is not null)
            telemetry.WithLogging(logs => Log(logs.AddProcessor(new SpanTagsOnLogs()), settings), options => options.IncludeFormattedMessage = options.IncludeScopes = true);
    }

    private static void Trace(TracerProviderBuilder traces, TelemetrySettings settings)
    {
        if (settings.AzureMonitor is { } azure)
            traces.AddAzureMonitorTraceExporter(azure.Apply);
        if (settings.Traces is { } target)
            traces.AddOtlpExporter(options => Apply(options, target));
        // The last one holds: Azure Monitor's own would leave out all but five traces a second.
        if (settings.Sampler is { } sampler)
            traces.SetSampler(sampler);
    }

    private static void Measure(MeterProviderBuilder metrics, TelemetrySettings settings)
    {
        if (settings.AzureMonitor is { } azure)
            metrics.AddAzureMonitorMetricExporter(azure.Apply);
        if (settings.Metrics is { } target)
            metrics.AddOtlpExporter(options => Apply(options, target));
    }

    private static void Log(LoggerProviderBuilder logs, TelemetrySettings settings)
    {
        if (settings.AzureMonitor is { } azure)
            logs.AddAzureMonitorLogExporter(azure.Apply);
        if (settings.Logs is { } target)
            logs.AddOtlpExporter(options => Apply(options, target));
    }

    /// <summary>The exporter reads the variables for all signals by itself; those for one it leaves to us.</summary>
    private static void Apply(OtlpExporterOptions options, OtlpTarget target)
    {
        if (target.Endpoint is { } endpoint)
            options.Endpoint = endpoint;
        if (target.Protocol is { } protocol)
            options.Protocol = protocol;
        if (target.Headers is { } headers)
            options.Headers = headers;
    }
}
