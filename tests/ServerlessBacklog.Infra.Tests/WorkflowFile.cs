using YamlDotNet.Serialization;

namespace ServerlessBacklog.Infra.Tests;

/// <summary>A file of .github/workflows.</summary>
internal sealed record WorkflowFile(string Path, Dictionary<object, object> Root)
{
    public static IReadOnlyList<WorkflowFile> All { get; } =
    [
        .. Repository.Files(".github/workflows", "*.y*ml").Select(f => new WorkflowFile(f, Parse(Repository.Read(f)))),
    ];

    public IEnumerable<(string Name, Dictionary<object, object> Job)> Jobs =>
        ((Dictionary<object, object>)Root["jobs"]).Select(j => ((string)j.Key, (Dictionary<object, object>)j.Value));

    public IEnumerable<Dictionary<object, object>> Steps => Jobs.SelectMany(j => (List<object>)j.Job["steps"]).Cast<Dictionary<object, object>>();

    public static Dictionary<object, object> Parse(string yaml) => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(yaml);
}
