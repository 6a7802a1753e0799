using System.Text.Json.Nodes;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What one place says of the configuration: a part of the keys, each with a value of its shape.</summary>
/// <param name="Source">The place, as people name it: <c>owner/repo/.github/serverless-backlog.yml</c>.</param>
/// <param name="Values">By path (<see cref="ConfigKey.Path"/>).</param>
public sealed record ConfigurationLayer(string Source, IReadOnlyDictionary<string, JsonNode> Values)
{
    public static ConfigurationLayer Nothing(string source) => new(source, new Dictionary<string, JsonNode>());

    /// <summary>How far steps may go by a policy; its thresholds are left out.</summary>
    public static ConfigurationLayer OfLevels(string source, DecisionPolicy policy)
    {
        var general = policy.Fallback.Autonomy;
        var values = new Dictionary<string, JsonNode> { [ConfigKeys.Autonomy] = ConfigJson.Node(general) };
        foreach (var (step, own) in policy.Steps.Where(s => s.Value.Autonomy != general))
            values[ConfigKeys.AutonomyOfStep + step] = ConfigJson.Node(own.Autonomy);
        return new ConfigurationLayer(source, values);
    }
}
