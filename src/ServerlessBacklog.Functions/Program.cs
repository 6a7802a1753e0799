using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServerlessBacklog.Adapters;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions;

internal static class Program
{
    public static void Main(string[] args) => Build(args).Run();

    /// <summary>The worker takes its serializer, and Durable its data converter, from these JSON options.</summary>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.Services.AddServerlessBacklogHost(builder.Configuration).AddSingleton(Options.Create(WorkflowJson.Options));
        return builder.Build();
    }
}
