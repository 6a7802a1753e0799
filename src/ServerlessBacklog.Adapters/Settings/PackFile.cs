using System.Text.Json;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using YamlDotNet.RepresentationModel;
using static ServerlessBacklog.Adapters.Settings.StrictYaml;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>
/// Reads a domain pack from YAML: <c>glossary</c> (word, means), <c>components</c> (name, words) and <c>examples</c> (for, input, answer). Anything else is
/// refused with its line; an example whose answer is not of its prompt's form too.
/// </summary>
public static class PackFile
{
    /// <summary>Longer packs would push the items out of the prompts.</summary>
    private const int MostCharacters = 12_000;

    /// <summary>The pack of a file; a fault in it is a <see cref="UserErrorException"/> that names file and line.</summary>
    public static async Task<DomainPack> ReadAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"The domain pack '{path}' does not exist. Write one as docs/domain-packs.md shows.");
        var text = await File.ReadAllTextAsync(path, cancellation);
        return text.Length <= MostCharacters
            ? Parse(text, path)
            : throw new UserErrorException($"The domain pack '{path}' has {text.Length:N0} characters; at most {MostCharacters:N0} are read. Keep the words that people from outside get wrong.");
    }

    /// <param name="file">How error messages name the text.</param>
    public static DomainPack Parse(string yaml, string file)
    {
        if (Root(yaml, file) is not { } root)
            return DomainPack.Empty;
        var top = Mapping(root, file, "'glossary:', 'components:' and 'examples:'");
        CheckKeys(top, ["glossary", "components", "examples"], file);
        return new DomainPack
        {
            Glossary = [.. List(top, "glossary", file, ["word", "means"]).Select(n => new Term(Demand(n, "word", file), Demand(n, "means", file)))],
            Components = [.. List(top, "components", file, ["name", "words"]).Select(n => new Component(Demand(n, "name", file), Words(n, file)))],
            Examples = [.. List(top, "examples", file, ["for", "input", "answer"]).Select(n => Example(n, file))],
        };
    }

    private static PackExample Example(YamlMappingNode node, string file) =>
        CheckAnswer(new PackExample(Demand(node, "for", file), Demand(node, "input", file), Demand(node, "answer", file)), node, file);

    /// <summary>The example, if its answer has the members that its prompt asks for.</summary>
    internal static PackExample CheckAnswer(PackExample example, YamlNode node, string file)
    {
        if (PromptList.All.FirstOrDefault(p => p.Name == example.For) is not { } prompt)
            throw Wrong(file, node, $"There is no prompt '{example.For}'. There is: {string.Join(", ", PromptList.All.Select(p => p.Name))}.");
        try
        {
            var members = JsonDocument.Parse(example.Answer).RootElement.EnumerateObject().Select(m => m.Name).Order();
            var wanted = prompt.Schema.GetProperty("required").EnumerateArray().Select(m => m.GetString()!).Order().ToList();
            return members.SequenceEqual(wanted) ? example : throw Wrong(file, node, $"The answer of this example must have the members {string.Join(", ", wanted)}.");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw Wrong(file, node, "The answer of this example is not one JSON object.");
        }
    }

    private static List<YamlMappingNode> List(YamlMappingNode top, string key, string file, string[] keys)
    {
        switch (Child(top, key))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                var nodes = list.Select(n => Mapping(n, file, string.Join(", ", keys.Select(k => $"'{k}:'")))).ToList();
                nodes.ForEach(n => CheckKeys(n, keys, file));
                return nodes;
            case var other:
                throw Wrong(file, other, $"'{key}' takes a list.");
        }
    }

    private static string Demand(YamlMappingNode node, string key, string file) => Scalar(Child(node, key), file, key) is { } text && !string.IsNullOrWhiteSpace(text)
        ? text.Trim()
        : throw Wrong(file, node, $"Here '{key}' is missing.");

    private static IReadOnlyList<string> Words(YamlMappingNode node, string file) =>
        Child(node, "words") is YamlSequenceNode list && list.Children.Count > 0
            ? [.. list.Select(w => Scalar(w, file, "words")).OfType<string>().Select(w => w.Trim()).Where(w => w.Length > 0)]
            : throw Wrong(file, node, "A component needs 'words': a list of words, file names or paths in the items that belong to it.");
}
