using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServerlessBacklog.Adapters;
using ServerlessBacklog.Adapters.Telemetry;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions;

internal static class Program
{
    /// <summary>What the user can mend is said in a sentence, which the Functions host logs; the app does not start half-configured.</summary>
    public static int Main(string[] args)
    {
        try
        {
            Build(args).Run();
            return 0;
        }
        catch (UserErrorException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 1;
        }
    }

    /// <summary>The worker takes its serializer, and Durable its data converter, from these JSON options.</summary>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        // The host then sends nothing of the worker's a second time. First, so that the service bears our name.
        if (TelemetryServices.IsConfigured(builder.Configuration))
            builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
        builder.Services.AddServerlessBacklogHost(builder.Configuration).AddSingleton(Options.Create(WorkflowJson.Options));
        return builder.Build();
    }
}
