using System.Globalization;
using System.Text.Json.Nodes;
using ServerlessBacklog.Triage.Settings.Layers;
using YamlDotNet.RepresentationModel;
using static ServerlessBacklog.Adapters.Settings.StrictYaml;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>Reads one value of a configuration by the shape of its key. What does not fit is refused with its line.</summary>
internal static class ConfigValue
{
    private const int MostEntries = 500;

    public static JsonNode Read(YamlNode node, ConfigShape shape, string key, string file) => shape switch
    {
        ConfigShape.Word word => Word(node, word, key, file),
        ConfigShape.Number number => Number(node, number, key, file),
        ConfigShape.Switch => Switch(node, key, file),
        ConfigShape.Text text => Text(node, text, key, file),
        ConfigShape.Day => Day(node, key, file),
        ConfigShape.ListOf list => new JsonArray([.. Few(Items(node, key, file), node, key, file).Select(n => Read(n, list.Each, key, file))]),
        ConfigShape.MapOf map => Map(node, map, key, file),
        ConfigShape.Fields fields => Record(node, fields, key, file),
        _ => throw new InvalidOperationException($"Nothing reads {shape.GetType().Name}."),
    };

    private static JsonValue Word(YamlNode node, ConfigShape.Word shape, string key, string file)
    {
        var text = Scalar(node, file, key) ?? "";
        if (shape.Known.FirstOrDefault(k => k.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
            return JsonValue.Create(known);
        var near = NearestWord.To(text, shape.Known);
        throw Wrong(file, node, $"'{Short(text)}' is no value of '{key}'. {(near is null ? $"Write one of {string.Join(", ", shape.Known)}." : $"Did you mean '{near}'?")}");
    }

    private static JsonValue Number(YamlNode node, ConfigShape.Number shape, string key, string file)
    {
        var text = Scalar(node, file, key);
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        if (!isNumber || value < shape.Least || value > shape.Most || (shape.IsWhole && value != Math.Floor(value)))
            throw Wrong(file, node, $"'{Short(text)}' does not fit '{key}'. Write a {(shape.IsWhole ? "whole " : "")}number from {shape.Least.ToString(CultureInfo.InvariantCulture)} to {shape.Most.ToString(CultureInfo.InvariantCulture)}.");
        return shape.IsWhole ? JsonValue.Create((int)value) : JsonValue.Create(value);
    }

    private static JsonValue Switch(YamlNode node, string key, string file) => Scalar(node, file, key) switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        var text => throw Wrong(file, node, $"'{Short(text)}' does not fit '{key}'. Write true or false."),
    };

    private static JsonValue Text(YamlNode node, ConfigShape.Text shape, string key, string file)
    {
        var text = Scalar(node, file, key)?.Trim();
        return text is { Length: > 0 } && text.Length <= shape.Longest
            ? JsonValue.Create(text)
            : throw Wrong(file, node, $"'{key}' takes a text of 1 to {shape.Longest:N0} characters.");
    }

    private static JsonValue Day(YamlNode node, string key, string file)
    {
        var text = Scalar(node, file, key);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? JsonValue.Create(text!)
            : throw Wrong(file, node, $"'{Short(text)}' is no date for '{key}'. Write it as 2026-10-01.");
    }

    private static IEnumerable<YamlNode> Items(YamlNode node, string key, string file) =>
        node as YamlSequenceNode ?? throw Wrong(file, node, $"'{key}' is a list: {key}: [first, second], or a line with '-' for each.");

    private static JsonObject Map(YamlNode node, ConfigShape.MapOf shape, string key, string file)
    {
        var map = Mapping(node, file, $"names with a value each below '{key}:'");
        if (shape.Known is { } known)
            CheckKeys(map, [.. known], file);
        var read = new JsonObject();
        foreach (var (name, value) in Few(map.Children, node, key, file))
            read[Scalar(name, file, key) ?? ""] = Read(value, shape.Each, $"{key}.{Scalar(name, file, key)}", file);
        return read;
    }

    private static JsonObject Record(YamlNode node, ConfigShape.Fields shape, string key, string file)
    {
        var map = Mapping(node, file, $"{string.Join(", ", shape.Known.Select(f => $"'{f.Name}:'"))} for each of '{key}'");
        CheckKeys(map, [.. shape.Known.Select(f => f.Name)], file);
        var read = new JsonObject();
        foreach (var field in shape.Known)
        {
            if (Child(map, field.Name) is { } value)
                read[field.Name] = Read(value, field.Shape, field.Name, file);
            else if (field.IsRequired)
                throw Wrong(file, node, $"Each of '{key}' needs '{field.Name}'.");
        }

        return read;
    }

    private static List<T> Few<T>(IEnumerable<T> entries, YamlNode node, string key, string file)
    {
        var all = entries.ToList();
        return all.Count <= MostEntries ? all : throw Wrong(file, node, $"'{key}' has {all.Count:N0} entries; at most {MostEntries} are read.");
    }

    private static string Short(string? text) => text is null ? "" : text.Length <= 60 ? text : text[..60] + "…";
}
