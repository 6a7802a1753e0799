using ServerlessBacklog.Triage.Ports;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>Reads YAML that people write. What is not expected is refused with its line, so that a misspelt key cannot silently do nothing.</summary>
internal static class StrictYaml
{
    public static void CheckKeys(YamlMappingNode node, string[] known, string file)
    {
        foreach (var key in node.Children.Keys)
        {
            var text = Scalar(key, file, "key") ?? "";
            if (known.Contains(text, StringComparer.Ordinal))
                continue;
            var near = NearestWord.To(text, known);
            throw Wrong(file, key, $"Unknown key '{text}'. {(near is null ? $"Known here: {string.Join(", ", known)}." : $"Did you mean '{near}'?")}");
        }
    }

    public static YamlNode? Root(string yaml, string file)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        }
        catch (YamlException fault)
        {
            throw new UserErrorException($"{file}, line {fault.Start.Line}: this is not YAML: {fault.Message}", fault);
        }
    }

    public static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    public static YamlMappingNode Mapping(YamlNode node, string file, string expected) =>
        node as YamlMappingNode ?? throw Wrong(file, node, $"Expected {expected}.");

    public static string? Scalar(YamlNode? node, string file, string key) => node switch
    {
        null => null,
        YamlScalarNode scalar => scalar.Value,
        _ => throw Wrong(file, node, $"'{key}' takes a plain text."),
    };

    public static UserErrorException Wrong(string file, YamlNode node, string message) => new($"{file}, line {node.Start.Line}: {message}");
}
