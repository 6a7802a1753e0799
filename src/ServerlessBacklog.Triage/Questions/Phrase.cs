using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>
/// A sentence that is taken apart: what a rule has understood is taken out, so that no word counts twice, and what is left at the end was not understood.
/// Lower case, one space between words, none of the signs that mean nothing.
/// </summary>
internal sealed partial class Phrase
{
    private const string Hole = "|";

    private readonly string said;
    private string left;
    private string taken = "";

    public Phrase(string text) => left = said = Plain(text);

    /// <summary>What has not been taken yet; holes where something was.</summary>
    public string Left => left;

    /// <summary>The sentence as rules read it.</summary>
    public static string Plain(string text)
    {
        var plain = text.Replace('’', '\'').Replace('‘', '\'').Replace('“', '"').Replace('”', '"').ToLowerInvariant();
        plain = IsShort().Replace(plain, "$1 is");
        plain = NotShort().Replace(plain, " not");
        plain = Possessive().Replace(plain, "$1");
        plain = Signs().Replace(plain, " ");
        return Spaces().Replace(plain, " ").Trim();
    }

    /// <summary>Takes out the first match; null when there is none. Words of the pattern are whole words.</summary>
    public Match? Take(Regex pattern)
    {
        var match = pattern.Match(left);
        if (!match.Success || match.Length == 0)
            return null;
        taken = match.Value;
        left = Spaces().Replace($"{left[..match.Index]} {Hole} {left[(match.Index + match.Length)..]}", " ").Trim();
        return match;
    }

    /// <summary>Takes a name out, with what may stand before or behind it; false when it is not there.</summary>
    public bool TakeName(string name, string before = "", string behind = "") =>
        Take(new Regex($@"(?<![\w#.-]){before}{Regex.Escape(Plain(name))}{behind}(?![\w-]|\.\w)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))) is not null;

    /// <summary>Puts other words in place of single ones.</summary>
    public void Replace(Func<string, string> word) => left = string.Join(' ', left.Split(' ').Select(word));

    /// <summary>The sentence without what was taken last, for readings that begin with the rest of it.</summary>
    public string Plainly()
    {
        var rest = string.Join(' ', said.Split(' ').Except(taken.Split(' ')).Where(w => w is not ("about" or "show" or "me" or "are" or "the" or "what" or "which")));
        return rest.Length == 0 ? "items" : rest;
    }

    /// <summary>The words that are left, without those that say nothing.</summary>
    public IReadOnlyList<string> Words() =>
        [.. left.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.', '-', '_', '/', ':')).Where(w => w.Length > 0 && w != Hole && !Filler.Contains(w))];

    /// <summary>A number in digits or as a word.</summary>
    public static int? Number(string word) => word switch
    {
        "a" or "an" or "one" => 1,
        "two" or "couple" or "couple of" or "a couple of" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "twelve" => 12,
        _ => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    /// <summary>Words that carry no condition.</summary>
    internal static readonly HashSet<string> Filler =
    [
        .. """
        a about all also am an and any anything are as at be been being but by can could did do does doing everything for from get give got had has have having here how i in
        is it its just kind know let like list look me mind my of off on one ones or our out over please pls show still some something stuff tell than thank thanks that the their them
        then there these they things thing this those to up us was we were what which who whose will with would you your currently now right hi hello hey find see
        item items issue issues ticket tickets work backlog whole entire total maybe kindly need want really exactly or but not that which so
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    [GeneratedRegex(@"\b(who|what|when|where|how|that|there|it|why)'s\b", RegexOptions.CultureInvariant)]
    private static partial Regex IsShort();

    [GeneratedRegex(@"n't\b", RegexOptions.CultureInvariant)]
    private static partial Regex NotShort();

    [GeneratedRegex(@"(\w)'s?(?=\s|$|[?!.,;])", RegexOptions.CultureInvariant)]
    private static partial Regex Possessive();

    /// <summary>What only divides; dots and hyphens between letters and digits stay.</summary>
    [GeneratedRegex("""[?!,;()\[\]{}*`'…]|[.:](?=\s|$)|(?<=\s)[-–—](?=\s)""", RegexOptions.CultureInvariant)]
    private static partial Regex Signs();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
