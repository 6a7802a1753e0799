using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.LocalHost.Mcp;

/// <summary>The two ways to the tools: the standard streams of a program that an assistant starts, and <c>/mcp</c> on the local pages.</summary>
internal static class McpHost
{
    public const string Path = "/mcp";

    private static readonly Implementation Ours = new() { Name = "serverless-backlog", Version = Reporting.ProductVersion };

    /// <summary>Serves until the streams end. Nothing but the protocol goes to standard output.</summary>
    public static async Task ServeStreamsAsync(IServiceProvider services, string by, bool allowChanges, CancellationToken cancellation)
    {
        var options = new McpServerOptions { ServerInfo = Ours, ServerInstructions = McpTools.Instructions, ToolCollection = [.. McpTools.Of(services, by, allowChanges)] };
        var logs = services.GetRequiredService<ILoggerFactory>();
        await using var transport = new StdioServerTransport(options, logs);
        await using var server = McpServer.Create(transport, options, logs, services);
        await server.RunAsync(cancellation);
    }

    /// <summary>Registers the tools for <c>/mcp</c>. Each call stands alone: no session is kept.</summary>
    public static void AddMcp(this WebApplicationBuilder builder, IServiceProvider services, string by, bool allowChanges) => builder.Services
        .AddMcpServer(options => (options.ServerInfo, options.ServerInstructions) = (Ours, McpTools.Instructions))
        .WithHttpTransport(http => http.Stateless = true)
        .WithTools(McpTools.Of(services, by, allowChanges));

    /// <summary>
    /// A page of another site can make a browser call here. It says so in <c>Origin</c>, which only our own address may stand in; programs send none.
    /// The name of this host is checked for all pages before.
    /// </summary>
    public static void MapMcp(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), branch => branch.Use(async (context, next) =>
        {
            if (context.Request.Headers.Origin is [{ Length: > 0 } origin] && origin != $"{context.Request.Scheme}://{context.Request.Host}")
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsync("Calls from pages of other sites are not answered.");
                return;
            }

            await next(context);
        }));
        McpEndpointRouteBuilderExtensions.MapMcp(app, Path);
    }
}
