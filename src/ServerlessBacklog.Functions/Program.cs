using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServerlessBacklog.Adapters;
using ServerlessBacklog.Adapters.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions;

internal static class Program
{
    public static void Main(string[] args) => Build(args).Run();

    /// <summary>The worker takes its serializer, and Durable its data converter, from these JSON options.</summary>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        // The host then sends nothing of the worker's a second time. First, so that the service bears our name.
        if (TelemetryServices.IsConfigured(builder.Configuration))
            builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
        builder.Services.AddServerlessBacklog(builder.Configuration).AddSingleton(Options.Create(WorkflowJson.Options));
        return builder.Build();
    }
}
