using System.Collections.ObjectModel;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Adapters.Trackers.Blocks;

/// <summary>
/// Blocks of ours in a description. A block carries a sum of its text: as long as it fits, the block is ours, and may be replaced and taken out; one whose
/// text people have changed is theirs. The text around a block stays byte for byte. Pure.
/// </summary>
internal static class BlockText
{
    public const string IsTheirs = "people have edited the block: it is theirs now";

    /// <summary>The description without the blocks that are ours, and these by name.</summary>
    public static (string Body, IReadOnlyDictionary<string, string> Blocks) Split(string description, BlockForm form)
    {
        if (!description.Contains(form.Sign, StringComparison.Ordinal))
            return (description, ReadOnlyDictionary<string, string>.Empty);
        var blocks = new Dictionary<string, string>(StringComparer.Ordinal);
        var body = new StringBuilder(description);
        foreach (var match in form.Pattern.Matches(description).Reverse())
        {
            if (OursIn(match, form) is not { } text || !blocks.TryAdd(match.Groups["name"].Value, text))
                continue;
            var from = Start(description, match.Index, form);
            body.Remove(from, match.Index + match.Length - from);
        }

        return (body.ToString(), blocks);
    }

    /// <summary>The description with the block, or why it may not be written.</summary>
    /// <param name="text">Markdown.</param>
    public static (string? Description, string? Why) Set(string description, string name, string text, BlockForm form)
    {
        var written = Plain(text.Replace(form.Sign, form.Sign.Replace(':', ' '), StringComparison.Ordinal));
        var block = form.Write(name, Sum(name, written), written);
        // What is written has to be known again for ours.
        if (form.Pattern.Match(block) is not { Success: true } again || again.Length != block.Length || OursIn(again, form) != written)
            return (null, "the text cannot be kept as a block here");
        if (Last(description, name, form) is { } match)
            return OursIn(match, form) is null ? (null, IsTheirs) : (string.Concat(description.AsSpan(0, match.Index), block, description.AsSpan(match.Index + match.Length)), null);
        if (IsOpen(description, name, form))
            return (null, IsTheirs);
        return (description.Length == 0 ? block : description + form.Between + block, null);
    }

    /// <summary>The description without the block, or why that may not be. One that has none stays as it is.</summary>
    public static (string? Description, string? Why) Remove(string description, string name, BlockForm form)
    {
        if (Last(description, name, form) is not { } match)
            return IsOpen(description, name, form) ? (null, IsTheirs) : (description, null);
        if (OursIn(match, form) is null)
            return (null, IsTheirs);
        return (description.Remove(Start(description, match.Index, form), match.Index + match.Length - Start(description, match.Index, form)), null);
    }

    private static Match? Last(string description, string name, BlockForm form) => form.Pattern.Matches(description).LastOrDefault(m => m.Groups["name"].Value == name);

    /// <summary>True for the remains of a block of that name.</summary>
    private static bool IsOpen(string description, string name, BlockForm form) => description.Contains($"{form.Sign}{name} ", StringComparison.Ordinal);

    /// <summary>The text of a block that nobody has edited; null for another.</summary>
    private static string? OursIn(Match match, BlockForm form)
    {
        var text = Plain(form.Read(match.Groups["text"].Value));
        return Sum(match.Groups["name"].Value, text) == match.Groups["sum"].Value ? text : null;
    }

    /// <summary>With what keeps the block apart from the text before it.</summary>
    private static int Start(string description, int at, BlockForm form)
    {
        foreach (var between in form.Between.Length == 0 ? [] : new[] { form.Between, form.Between.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            if (description.AsSpan(0, at).EndsWith(between, StringComparison.Ordinal))
                return at - between.Length;
        }

        return at;
    }

    private static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\u00a0', ' ').Trim();

    /// <summary>Goes by the words alone: services turn blanks into other blanks.</summary>
    private static string Sum(string name, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{name}|{string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}")).AsSpan(0, 4));
}
