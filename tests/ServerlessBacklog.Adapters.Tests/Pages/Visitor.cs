using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Tests.Pages;

/// <summary>Visits the pages of a store of its own, as a browser would: keeps cookies, and sends forms with the token of the page.</summary>
internal sealed class Visitor : IAsyncDisposable, IOrchestrationClient
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("backlog-pages-");
    private readonly Dictionary<string, string> cookies = [];
    private readonly ServiceProvider services;

    public Visitor()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(ServerlessBacklogServices.DataDirectory, folder.FullName), new("Triage:Encoder", "off")]).Build();
        services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddServerlessBacklog(configuration).BuildServiceProvider();
    }

    public PagePerson? Person { get; set; } = new("ada") { IsOperator = true };

    public string BasePath { get; set; } = "";

    /// <summary>Ids of the orchestrations that were started.</summary>
    public List<string> Started { get; } = [];

    public async Task KeepAsync(string backlog, params IReadOnlyCollection<WorkItem> items)
    {
        var store = services.GetRequiredService<IBacklogStore>();
        await store.SaveItemsAsync(backlog, items, TestContext.Current.CancellationToken);
        await store.SetCursorAsync(backlog, ImportItems.SourceCursor, $"file:{backlog}", TestContext.Current.CancellationToken);
        if (items.Count == 0)
            await store.SetCursorAsync(backlog, ImportItems.AsOfCursor, "2026-06-01T12:00:00Z", TestContext.Current.CancellationToken);
    }

    public T Service<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<PageReply> GetAsync(string path, string query = "", params (string Name, string Value)[] headers) => SendAsync("GET", path, query, null, headers);

    public async Task<string> PageAsync(string path, string query = "")
    {
        var reply = await GetAsync(path, query);
        reply.Status.ShouldBe(200, $"{path}: {TextOf(reply)}");
        return TextOf(reply);
    }

    public Task<PageReply> PostAsync(string path, (string Name, string Value)[] fields, params (string Name, string Value)[] headers) => SendAsync("POST", path, "", fields, headers);

    public static string TextOf(PageReply reply) => Encoding.UTF8.GetString(reply.Body.Span);

    Task<StartAnswer> IOrchestrationClient.StartAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string id, TIn input, CancellationToken cancellation)
    {
        Started.Add(id);
        return Task.FromResult(StartAnswer.Started);
    }

    Task<RaiseAnswer> IOrchestrationClient.RaiseAsync<T>(string id, string name, T payload, CancellationToken cancellation) => throw new NotSupportedException("No instance waits here.");

    Task<InstanceState?> IOrchestrationClient.FindAsync(string id, CancellationToken cancellation) => Task.FromResult<InstanceState?>(null);

    Task<bool> IOrchestrationClient.TerminateAsync(string id, string reason, CancellationToken cancellation) => Task.FromResult(false);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<PageReply> SendAsync(string method, string path, string query, (string Name, string Value)[]? fields, (string Name, string Value)[] headers)
    {
        var call = new PageCall(method, path, this)
        {
            BasePath = BasePath,
            Query = query,
            Origin = "https://backlog.example",
            Person = Person,
            Header = name => headers.FirstOrDefault(h => h.Name == name).Value ?? name switch
            {
                "Cookie" => string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")),
                "Content-Type" when fields is not null => "application/x-www-form-urlencoded",
                _ => null,
            },
            Body = fields is null ? default(ReadOnlyMemory<byte>) : Encoding.UTF8.GetBytes(string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"))),
        };
        var reply = await Service<PageDesk>().HandleAsync(call, TestContext.Current.CancellationToken);
        foreach (var (_, cookie) in reply.Headers.Where(h => h.Name == "Set-Cookie"))
        {
            var parts = cookie.Split(';')[0].Split('=', 2);
            cookies[parts[0]] = parts[1];
        }

        return reply;
    }
}
