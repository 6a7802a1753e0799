using System.Text.Json;

namespace ServerlessBacklog.Infra.Tests;

/// <summary>The compiled template: itself and, by the names of their modules, the templates nested in it.</summary>
internal sealed record Template(string Name, JsonElement Json)
{
    private static readonly Lazy<Task<IReadOnlyList<Template>>> Compiled = new(CompileAsync);

    /// <summary>Compiled once for all tests.</summary>
    public static Task<IReadOnlyList<Template>> AllAsync() => Compiled.Value;

    public static async Task<Template> NamedAsync(string name) => (await AllAsync()).Single(t => t.Name == name);

    public IEnumerable<JsonProperty> Members(string section) => Json.TryGetProperty(section, out var found) ? found.EnumerateObject() : [];

    /// <summary>All resources but the modules, with those nested in others.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ResourcesAsync(string type) =>
    [
        .. (await AllAsync()).SelectMany(t => Resources(t.Json).Select(r => r.Resource)).Where(r => r.GetProperty("type").GetString() == type),
    ];

    private static async Task<IReadOnlyList<Template>> CompileAsync()
    {
        var run = await Bicep.RunAsync("build", Path.Combine(Repository.Root, "infra", "main.bicep"), "--stdout");
        run.ExitCode.ShouldBe(0, run.Said);
        return [.. Flatten(new Template("main", JsonElement.Parse(run.Output)))];
    }

    private static IEnumerable<Template> Flatten(Template template) =>
        Resources(template.Json).Where(r => r.Resource.GetProperty("type").GetString() == "Microsoft.Resources/deployments")
            .SelectMany(r => Flatten(new Template(r.Symbol, r.Resource.GetProperty("properties").GetProperty("template")))).Prepend(template);

    /// <summary>A template with symbolic names keeps its resources in an object, one without in an array.</summary>
    private static IEnumerable<(string Symbol, JsonElement Resource)> Resources(JsonElement template) => template.GetProperty("resources") switch
    {
        { ValueKind: JsonValueKind.Object } named => named.EnumerateObject().Where(r => !IsExisting(r.Value)).Select(r => (r.Name, r.Value)),
        var listed => listed.EnumerateArray().Where(r => !IsExisting(r)).Select(r => (r.GetProperty("name").GetString()!, r)),
    };

    private static bool IsExisting(JsonElement resource) => resource.TryGetProperty("existing", out var existing) && existing.GetBoolean();
}
