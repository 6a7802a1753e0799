using System.Globalization;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using YamlDotNet.RepresentationModel;
using static ServerlessBacklog.Adapters.Settings.StrictYaml;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>
/// Reads the team's goals from YAML: a list <c>goals</c> with <c>name</c>, <c>weight</c> (default 1), <c>words</c> and <c>labels</c>. Anything else is
/// refused with its line, so that a misspelt key cannot silently do nothing.
/// </summary>
public static class GoalsFile
{
    private static readonly string[] Top = ["goals"];
    private static readonly string[] Keys = ["name", "weight", "words", "labels"];

    /// <summary>The goals of a file; a fault in it is a <see cref="UserErrorException"/> that names file and line.</summary>
    public static async Task<IReadOnlyList<Goal>> ReadAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"The goals file '{path}' does not exist. Write one as docs/goals.md shows.");
        return Parse(await File.ReadAllTextAsync(path, cancellation), path);
    }

    /// <param name="file">How error messages name the text.</param>
    public static IReadOnlyList<Goal> Parse(string yaml, string file)
    {
        if (Root(yaml, file) is not { } root)
            return [];
        var top = Mapping(root, file, "'goals:' with a list below it");
        CheckKeys(top, Top, file);
        if (Child(top, "goals") is not YamlSequenceNode list)
            throw Wrong(file, top, "Expected 'goals:' with a list below it.");
        var goals = list.Select(g => ReadGoal(Mapping(g, file, "'name:', 'weight:', 'words:' and 'labels:'"), file)).ToList();
        var twice = goals.GroupBy(g => g.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? goals : throw Wrong(file, list, $"The goal '{twice.Key}' stands there twice; merge the two.");
    }

    private static Goal ReadGoal(YamlMappingNode node, string file)
    {
        CheckKeys(node, Keys, file);
        var name = Scalar(Child(node, "name"), file, "name");
        if (string.IsNullOrWhiteSpace(name))
            throw Wrong(file, node, "A goal needs a 'name'.");
        var goal = new Goal(name.Trim(), Weight(node, file), Words(node, "words", file)) { Labels = Words(node, "labels", file) };
        return goal.Words.Count + goal.Labels.Count > 0
            ? goal
            : throw Wrong(file, node, $"The goal '{name}' has neither 'words' nor 'labels', so no item can serve it.");
    }

    private static double Weight(YamlMappingNode node, string file)
    {
        if (Child(node, "weight") is not { } weight)
            return 1;
        var text = Scalar(weight, file, "weight");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 100
            ? value
            : throw Wrong(file, weight, $"'{text}' is not a weight. Write a number above 0 and up to 100; 1 is usual.");
    }

    private static IReadOnlyList<string> Words(YamlMappingNode node, string key, string file) => Child(node, key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Select(w => Scalar(w, file, key)).OfType<string>().Where(w => w.Length > 0)],
        var other => throw Wrong(file, other, $"'{key}' is a list: {key}: [first, second]."),
    };
}
