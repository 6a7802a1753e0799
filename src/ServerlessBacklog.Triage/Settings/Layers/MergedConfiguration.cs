using System.Text.Json.Nodes;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>Layers laid over each other, with the place from which each value comes. Pure.</summary>
/// <param name="Settings">What holds.</param>
/// <param name="Values">Every key, in the order of <see cref="ConfigKeys.All"/>.</param>
public sealed record MergedConfiguration(TriageSettings Settings, IReadOnlyList<ConfiguredValue> Values)
{
    public const string Default = "default";

    /// <param name="kept">What holds without any layer.</param>
    /// <param name="keptSource">Where that comes from as far as it is not the default.</param>
    /// <param name="layers">The nearest last: it wins.</param>
    public static MergedConfiguration Of(TriageSettings kept, string keptSource, IReadOnlyList<ConfigurationLayer> layers)
    {
        var said = new Dictionary<string, (JsonNode Value, string Source)>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            // Who says how far all steps may go says it of those too that a layer below had set apart.
            if (layer.Values.ContainsKey(ConfigKeys.Autonomy))
            {
                foreach (var step in said.Keys.Where(k => k.StartsWith(ConfigKeys.AutonomyOfStep, StringComparison.Ordinal)).ToList())
                    said.Remove(step);
            }

            foreach (var (path, value) in layer.Values)
                said[path] = (value, layer.Source);
        }

        var settings = kept;
        foreach (var key in ConfigKeys.All)
        {
            if (said.TryGetValue(key.Path, out var own))
                settings = key.Write(settings, own.Value);
        }

        var general = said.GetValueOrDefault(ConfigKeys.Autonomy).Source;
        return new MergedConfiguration(settings, [.. ConfigKeys.All.Select(key => new ConfiguredValue(key.Path, key.Read(settings), SourceOf(key)))]);

        string SourceOf(ConfigKey key) =>
            said.TryGetValue(key.Path, out var own) ? own.Source
            : general is not null && key.Path.StartsWith(ConfigKeys.AutonomyOfStep, StringComparison.Ordinal) ? general
            : JsonNode.DeepEquals(key.Read(kept), key.Read(new TriageSettings())) ? Default
            : keptSource;
    }

    /// <summary>What another configuration says differently.</summary>
    public IReadOnlyList<ConfigurationDifference> To(MergedConfiguration other) =>
    [
        .. Values.Zip(other.Values).Where(v => !JsonNode.DeepEquals(v.First.Value, v.Second.Value))
            .Select(v => new ConfigurationDifference(v.First.Path, v.First.Value, v.Second.Value)),
    ];
}

/// <param name="Source">The place that says it; <see cref="MergedConfiguration.Default"/> for none.</param>
public sealed record ConfiguredValue(string Path, JsonNode Value, string Source)
{
    /// <summary>The value on one line.</summary>
    public string Text => ConfigJson.Text(Value);
}

public sealed record ConfigurationDifference(string Path, JsonNode From, JsonNode To)
{
    public override string ToString() => $"{Path}: {ConfigJson.Text(From)} -> {ConfigJson.Text(To)}";
}
