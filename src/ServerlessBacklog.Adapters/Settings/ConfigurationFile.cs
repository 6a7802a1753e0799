using System.Text.Json.Nodes;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;
using YamlDotNet.RepresentationModel;
using static ServerlessBacklog.Adapters.Settings.StrictYaml;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>
/// Reads the configuration of a backlog from YAML: the keys of <see cref="ConfigKeys"/>. Everything that is wrong in it is told at once, each with
/// its line, since a person mends a file and waits for it to be read again.
/// </summary>
public sealed class ConfigurationFile : IConfigurationReader
{
    /// <summary>Characters of the longest text that is read.</summary>
    public const int Longest = 64 * 1024;

    private const int MostErrors = 20;

    public ConfigurationText Read(string text, string source)
    {
        if (text.Length > Longest)
            return new ConfigurationText(ConfigurationLayer.Nothing(source), [$"{source}: {text.Length:N0} characters are too many; a configuration has at most {Longest:N0}."]);
        var read = new Reading(source);
        try
        {
            if (Root(text, source) is { } root && !IsEmpty(root))
                read.Section(Mapping(root, source, "keys such as 'autonomy:'"), "");
        }
        catch (UserErrorException wrong)
        {
            read.Errors.Add(wrong.Message);
        }

        read.CheckTogether();
        return new ConfigurationText(new ConfigurationLayer(source, read.Values), [.. read.Errors.Take(MostErrors)]);
    }

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Value: null or "" or "~" or "null", Style: not (YamlDotNet.Core.ScalarStyle.SingleQuoted or YamlDotNet.Core.ScalarStyle.DoubleQuoted) };

    private sealed class Reading(string file)
    {
        private readonly Dictionary<string, YamlNode> places = [];

        public List<string> Errors { get; } = [];

        public Dictionary<string, JsonNode> Values { get; } = [];

        public void Section(YamlMappingNode node, string above)
        {
            var known = ConfigKeys.All.Where(k => k.Path.StartsWith(above, StringComparison.Ordinal)).Select(k => k.Path[above.Length..].Split('.')[0]).Distinct().ToArray();
            foreach (var (key, value) in node.Children)
            {
                Try(() =>
                {
                    CheckKeys(new YamlMappingNode(key, value), known, file);
                    var path = above + ((YamlScalarNode)key).Value;
                    if (IsEmpty(value))
                        return;
                    if (ConfigKeys.Find(path) is { } leaf)
                        (Values[path], places[path]) = (ConfigValue.Read(value, leaf.Shape, ((YamlScalarNode)key).Value!, file), key);
                    else
                        Section(Mapping(value, file, $"keys below '{path}:'"), path + ".");
                });
            }
        }

        /// <summary>What cannot be meant together; only where each value is right by itself, and only if this text has a part in it.</summary>
        public void CheckTogether()
        {
            if (Errors.Count > 0)
                return;
            var settings = MergedConfiguration.Of(new TriageSettings(), MergedConfiguration.Default, [new ConfigurationLayer(file, Values)]).Settings;
            foreach (var wrong in Contradictions.In(settings))
            {
                if (wrong.Paths.FirstOrDefault(places.ContainsKey) is { } path)
                    Errors.Add(Wrong(file, places[path], wrong.What).Message);
            }

            Try(() => CheckExamples());
        }

        private void CheckExamples()
        {
            if (!Values.TryGetValue("pack.examples", out var examples))
                return;
            foreach (var example in examples.AsArray().Select(e => e!.AsObject()))
                PackFile.CheckAnswer(new PackExample(example["for"]!.ToString(), example["input"]!.ToString(), example["answer"]!.ToString()), places["pack.examples"], file);
        }

        private void Try(Action read)
        {
            try
            {
                read();
            }
            catch (UserErrorException wrong)
            {
                Errors.Add(wrong.Message);
            }
        }
    }
}
