using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServerlessBacklog.Adapters.Telemetry;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Telemetry;

/// <summary>Where telemetry goes, by the variables that there are for it; nowhere without one.</summary>
public class SettingsTests
{
    private const string Connection = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://westeurope-1.in.applicationinsights.azure.com/";

    [Fact]
    public void Without_a_setting_nothing_is_set_up()
    {
        var services = new ServiceCollection();

        services.AddTelemetry(Configuration());

        services.ShouldBeEmpty();
        TelemetryServices.IsConfigured(Configuration()).ShouldBeFalse();
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317", "traces metrics logs")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:4318/v1/traces", "traces")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://localhost:4318/v1/metrics", "metrics")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://localhost:4318/v1/logs", "logs")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317 OTEL_LOGS_EXPORTER=none", "traces metrics")]
    [InlineData($"APPLICATIONINSIGHTS_CONNECTION_STRING={Connection}", "traces metrics logs")]
    [InlineData($"APPLICATIONINSIGHTS_CONNECTION_STRING={Connection} OTEL_SDK_DISABLED=true", "")]
    public void What_is_set_is_sent(string settings, string signals)
    {
        using var services = new ServiceCollection().AddTelemetry(Configuration(settings.Split(' '))).BuildServiceProvider();

        var sent = new[]
        {
            services.GetService<TracerProvider>() is null ? null : "traces",
            services.GetService<MeterProvider>() is null ? null : "metrics",
            services.GetService<LoggerProvider>() is null ? null : "logs",
        };

        string.Join(' ', sent.Where(s => s is not null)).ShouldBe(signals);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://localhost")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317")]
    [InlineData("OTEL_TRACES_SAMPLER", "some", "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317")]
    [InlineData("OTEL_TRACES_SAMPLER", "microsoft.rate_limited", "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317")]
    [InlineData("OTEL_TRACES_SAMPLER", "microsoft.rate_limited", $"APPLICATIONINSIGHTS_CONNECTION_STRING={Connection}")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "1.5", "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317 OTEL_TRACES_SAMPLER=parentbased_traceidratio")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "half", "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317 OTEL_TRACES_SAMPLER=traceidratio")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=mine")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=nowhere")]
    [InlineData("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ClientId=me", $"APPLICATIONINSIGHTS_CONNECTION_STRING={Connection}")]
    public void A_setting_that_is_wrong_is_named_with_the_mend(string name, string value, string others = "")
    {
        var configuration = Configuration([$"{name}={value}", .. others.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        var wrong = Should.Throw<UserErrorException>(() => new ServiceCollection().AddTelemetry(configuration));

        wrong.Message.ShouldStartWith("The setting ");
        wrong.Message.ShouldContain(name);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("OTEL_TRACES_SAMPLER=always_off", false, false)]
    [InlineData("OTEL_TRACES_SAMPLER=parentbased_traceidratio OTEL_TRACES_SAMPLER_ARG=0", false, true)]
    [InlineData("OTEL_TRACES_SAMPLER=parentbased_always_off", false, true)]
    [InlineData("OTEL_TRACES_SAMPLER=traceidratio OTEL_TRACES_SAMPLER_ARG=1", true, true)]
    public void Of_a_trace_all_is_kept_or_nothing(string settings, bool keepsNew, bool keepsContinued)
    {
        var sampler = Sampling.Read(Configuration(settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)), hasAzureMonitor: false).ShouldNotBeNull();
        var trace = ActivityTraceId.CreateRandom();
        var delivery = new ActivityContext(
            trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);

        Keeps(default).ShouldBe(keepsNew);
        Keeps(delivery).ShouldBe(keepsContinued);

        bool Keeps(ActivityContext parent) =>
            sampler.ShouldSample(new SamplingParameters(parent, trace, "RunStep", ActivityKind.Internal)).Decision == SamplingDecision.RecordAndSample;
    }

    [Theory]
    [InlineData("microsoft.fixed_percentage", "0.5")]
    [InlineData("microsoft.rate_limited", "5")]
    public void The_samplers_of_Azure_Monitor_are_left_to_it(string name, string argument) =>
        Sampling.Read(Configuration($"OTEL_TRACES_SAMPLER={name}", $"OTEL_TRACES_SAMPLER_ARG={argument}"), hasAzureMonitor: true).ShouldBeNull();

    [Fact]
    public void Who_signs_in_is_a_managed_identity_where_that_is_asked_for()
    {
        AzureMonitorSettings.Read(Configuration($"APPLICATIONINSIGHTS_CONNECTION_STRING={Connection}")).ShouldNotBeNull().Credential.ShouldBeNull();
        AzureMonitorSettings.Read(Configuration($"APPLICATIONINSIGHTS_CONNECTION_STRING={Connection}", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING=Authorization=AAD;ClientId=00000000-0000-0000-0000-000000000002"))
            .ShouldNotBeNull().Credential.ShouldNotBeNull();
    }

    private static IConfiguration Configuration(params string[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1])))
        .Build();
}
