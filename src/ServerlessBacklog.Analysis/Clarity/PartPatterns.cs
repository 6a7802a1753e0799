using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>Phrasing and structure by which a part shows itself without a heading. Works on lower-cased text without punctuation too.</summary>
public static partial class PartPatterns
{
    /// <summary>The first match that shows <paramref name="part"/>, or null.</summary>
    public static Match? Find(ItemPart part, PlainText text) => part switch
    {
        ItemPart.Steps => First(text.Prose, NumberedSteps(), StepPhrase()),
        ItemPart.Actual => First(text.All, ErrorText(), FailurePhrase(), Picture()),
        ItemPart.Expected => First(text.Prose, ExpectedPhrase()),
        ItemPart.Environment => First(text.All, UserAgent(), Version(), Platform()),
        ItemPart.Where => First(text.All, Reference(), CodeName(), UiPlace()),
        ItemPart.Why => First(text.Prose, StoryPhrase(), ReasonPhrase(), Reference()),
        ItemPart.Done => First(text.Prose, GivenWhenThen(), CheckList(), DonePhrase(), NumberedSteps()),
        _ => null,
    };

    /// <summary>Distinct things that the text names exactly: links, other items, files, code names, versions, quoted names.</summary>
    public static int Specifics(string text) =>
        Names(text).Select(m => m.Value.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Take(20).Count();

    /// <summary>
    /// How often the text leaves open what it means: "some", "seems", "something", "could not reproduce", "weird", "see comments".
    /// </summary>
    public static int Hedges(string text) => Hedge().Count(text);

    /// <summary>True when the verb of the title has no end that one could check: investigate, stabilize, make … consistent.</summary>
    public static bool HasOpenEnd(string title) => OpenEnd().IsMatch(title);

    /// <summary>True when the text only says that something does not work, not what happens.</summary>
    public static bool IsBareFailure(string value) => BareFailure().IsMatch(value);

    private static IEnumerable<Match> Names(string text)
    {
        var rest = Reference().Replace(text, " ");
        return Reference().Matches(text).Concat(CodeName().Matches(rest)).Concat(Version().Matches(rest)).Concat(QuotedName().Matches(rest));
    }

    /// <summary>The first vague word with its neighbours, to ask about; null when there is none.</summary>
    public static string? FirstHedge(string text) => HedgeInContext().Match(text) is { Success: true } m ? m.Value.Trim() : null;

    private static Match? First(string text, params ReadOnlySpan<Regex> patterns)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Match(text) is { Success: true } match)
                return match;
        }

        return null;
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"(?:^|\s)(?:1|0|a)[.)]\s+\S[\s\S]{3,600}?\s(?:2|1|b)[.)]\s+\S|(?:^[ \t]*[-*•][ \t]+\S.*\n\s*){2}", Plain | RegexOptions.Multiline)]
    private static partial Regex NumberedSteps();

    [GeneratedRegex(@"\b(?:when(?:ever)?|after|if|while|once|upon|as soon as|attempting to|trying to|tried to|try to)\s+(?:I|you|we|one|a|an|the|this|that|it|any|user|users|there|running|\w+ing)\b[^.\n]{5,}|\b(?:to reproduce|reproducible|repro|following code|sample code|test ?case|example)\b|\b(?:click|open|select|launch|navigate|go to|press|right-?click|browse|visit)\b[^.\n]{3,}", Plain)]
    private static partial Regex StepPhrase();

    [GeneratedRegex(@"\b\w*(?:Exception|Error)\b\s?:?[^\n]{3,}|\bTraceback\b|\bassert(?:ion)? (?:fail|wait)|\b(?:is|are) (?:undefined|null|not defined|not declared)\b|\berror (?:message|code|console)\b|\bsegmentation fault\b|\bnull ?pointer|\bNRE\b", Plain)]
    private static partial Regex ErrorText();

    [GeneratedRegex(@"\b(?:fail(?:s|ed|ing)?|crash\w*|throw(?:s|n|ing)?|broke\w*|does ?n[o']?t|do ?n[o']?t|did ?n[o']?t|is ?n[o']?t|are ?n[o']?t|was ?n[o']?t|wo ?n'?t|can ?n[o']?t|could ?n[o']?t|unable|wrong\w*|incorrect\w*|missing|disappear\w*|hangs?|hung|freez\w+|stretched|overlap\w*|blank|nothing happens|no longer|not (?:be |been |\w+ly )?(?:\w+ed|visible|shown|working|found|there)|opens?|shows?|displays?|returns?|leads? to|produces?|generates?|gets? \w+|becomes?|lost|loses|remains?|refers? to|contains?|causes?|invalid|dead link|does not exist|removed?|still|slow\w*|stops?|stuck|omits?|lacks?)\b[^.\n]*", Plain)]
    private static partial Regex FailurePhrase();

    [GeneratedRegex(@"!\[|!\S+\.(?:png|jpe?g|gif)!?|\b(?:screen ?shots?|attach(?:ed|ment)|video|screencast)\b", Plain)]
    private static partial Regex Picture();

    [GeneratedRegex(@"\b(?:should|expect\w*|supposed to|ought to|must|instead of|rather than|used to|previously|correct(?:ly)? (?:is|would|behaviou?r)|need(?:s|ed)? to|would like|works? (?:fine|normal\w*|ok|correctly|just fine|in|with|on)|is working|renders? correctly|but not in|not (?:reproduce|present|appear) (?:in|on)|prefer\w*)\b[^.\n]*", Plain)]
    private static partial Regex ExpectedPhrase();

    [GeneratedRegex(@"\bmozilla[/ ]\d[^\n]*|\buser.?agent\b[^\n]*|\bbuild(?:name|naam| ?id| identifier)?:? ?#?\d{6,}\S*", Plain)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"\bv?\d+\.\d+(?:\.\d+)*(?:[a-z]\w*)?\b(?!%)|\b(?:version|release|esr|build|preview|beta|rc|jdk|java|net core|android|ios|ubuntu|fedora|windows|eclipse|office)[ :-]*v?\d+(?: \d+)*\b", Plain)]
    private static partial Regex Version();

    [GeneratedRegex(@"\b(?:windows|linux|mac ?os|os x|osx|ubuntu|fedora|debian|alpine|freebsd|solaris|android|iphone|ipad|win ?(?:7|8|10|11|xp|32|64)|winxp|win2k|safari|nightly|trunk|x86_64|amd64|arm64|all platforms)\b", Plain)]
    private static partial Regex Platform();

    [GeneratedRegex(@"https?://[^\s)>\]]+|(?:^|[\s(\[/])#\d{2,}\b|\b(?:bug|issue|pull request|pr|mr|defect)s? ?#?\d{3,}\b|\b[A-Z][A-Z0-9]{1,9}-\d+\b|\brf2-\w+", Plain)]
    private static partial Regex Reference();

    [GeneratedRegex(@"`[^`\n]{2,}`|\{\{[^}\n]+\}\}|\b[A-Za-z_]\w*(?:\.\w+)+(?:\(\))?|\b(?!macOS|iOS|iPhone|iPad|iTunes|eBay)[a-z]+[A-Z]\w+|\b(?:[A-Z][a-z0-9]+){3,}\b|\b\w+_\w+|(?<!\w)--?[a-z]\w{2,}|\b[\w-]+(?:/[\w.-]+)+\b|:[a-z][\w.-]*/?[\w-]+|\b[\w-]+-[\w-]+-[\w-]+\b")]
    private static partial Regex CodeName();

    [GeneratedRegex("[\"“'‘*_]([A-Za-z][^\"“”'\\n*_]{1,50})[\"”'’*_](?!\\w)")]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"\b(?:in|on|from|to|of|for|at)\s+(?:the\s+|an?\s+)?(?:[\w'&-]+\s+){0,4}?(?:page|dialog|menu|window|view|section|tab|editor|wizard|panel|toolbar|field|button|screen|module|class|method|file|test|tests|docs?|sink|source|wiki|chapter|plugin|config\w*|console|branch|composer|installer)s?\b|(?!(?:the|this|that|a|an|and|or|to|new|add|some|all|update|fix|open)\b)\b[\w'&-]+ (?:page|dialog|menu|section|tab|editor|wizard|panel|toolbar|field|button|module|docs|sink|wiki|chapter|plugin)\b", Plain)]
    private static partial Regex UiPlace();

    [GeneratedRegex(@"\bas an? [\w -]{2,40}?,? (?:I|we)(?:'d|\b)[^\n]*|\bso (?:that )?(?:I|we|they|users?|it|one|people)\b[^.\n]*", Plain)]
    private static partial Regex StoryPhrase();

    [GeneratedRegex(@"\b(?:because|since|in order to|due to|so that|this (?:would|will|cuts|lets|allows|forces|causes)|allow(?:s|ing)?|would (?:be|help|improve|make)|will (?:be|help|improve|support)|benefit\w*|useful|helpful|helps?|currently|at the moment|right now|today|need(?:s|ed)?|problem\w*|requires?|required|which (?:can|may|is|was|causes?)|to (?:reduce|improve|avoid|support|allow|enable|get rid|prevent|help|measure|make|fix|ensure)|fix(?:es|ed)|no (?:way|information)|cannot|can't|missing|lacks?|not (?:optimal|possible))\b[^.\n]*", Plain)]
    private static partial Regex ReasonPhrase();

    [GeneratedRegex(@"\bgiven\b[\s\S]{3,300}?\bwhen\b[\s\S]{3,300}?\bthen\b[^\n]*", Plain)]
    private static partial Regex GivenWhenThen();

    [GeneratedRegex(@"^\s*[-*] \[[ x]\]\s*\S.*", Plain | RegexOptions.Multiline)]
    private static partial Regex CheckList();

    [GeneratedRegex(@"\b(?:should|must|shall|needs? to|has to|have to|will|would|ensure|verify|make sure|update|replace|move|rename|remove|use|add|provide|port|change|fix(?:es)?|includes?|support|suppress|break|rewrite|reg?move)\b[^.\n]{4,}", Plain)]
    private static partial Regex DonePhrase();

    [GeneratedRegex(@"\b(?:some(?:how|thing|times|what)?|seems?|appears? to|apparently|probably|perhaps|maybe|might|various|certain|several|quite|weird|strange|funny|a lot of|a bit|better|properly|nicer|etc|i think|i believe|not sure|no idea|(?:could|can|can')(?: ?no| ?n?o)?t?(?: just)? (?:not )?reproduce|see (?:the )?(?:comments?|discussion)|possibly|similar)\b", Plain)]
    private static partial Regex Hedge();

    [GeneratedRegex(@"(?:\w+ )?\b(?:some|seems?(?: to)?|appears? to|various|certain|several|quite|weird|strange|properly|better)\b(?: [\w-]+){1,2}", Plain)]
    private static partial Regex HedgeInContext();

    [GeneratedRegex(@"\b(?:investigate|stabili[sz]e|improve|optimi[sz]e|look into|clean ?up|rework|handle|revisit|consistent|in sync|some|better|does ?n[o']?t work|do(?:es)? not work|broken|impossible)\b|^\W*(?:please\b|add (?:\w+ )?(?:unit )?tests\b|test\b)", Plain)]
    private static partial Regex OpenEnd();

    [GeneratedRegex(@"^\W*(?:it |this |that |\w+ )?(?:just )?(?:does ?n[o']?t|do ?n[o']?t|is ?n[o']?t|not|no longer|wo ?n'?t|did ?n[o']?t)\s*(?:work\w*|open|function\w*|anymore|any more)?(?: any ?more| at all)?\W*$|^\W*(?:fail(?:s|ed)|broken?|is broken|nothing(?: happens| visible)?|wrong|problem|error)\W*$", Plain)]
    private static partial Regex BareFailure();
}
