using System.Text.Json.Nodes;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>One thing that a configuration may say.</summary>
/// <param name="Path">Its key with those above it: <c>staleness.stale_after_days</c>.</param>
/// <param name="What">What it says, in a sentence.</param>
/// <param name="Read">Its value in settings, as the file would spell it.</param>
/// <param name="Write">Settings in which it has a value of its shape.</param>
public sealed record ConfigKey(
    string Path, string What, ConfigShape Shape, Func<TriageSettings, JsonNode> Read, Func<TriageSettings, JsonNode, TriageSettings> Write);
