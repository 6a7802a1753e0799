using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>
/// The shapes of keys and passwords: those that their makers document, and what stands after a telling word and looks random. No pattern
/// repeats without bound before it has seen something that only a secret has.
/// </summary>
internal static partial class SecretShapes
{
    /// <summary>Sure enough to stop a text of ours for. In the order in which they are told.</summary>
    public static IReadOnlyList<SecretShape> Sure { get; } =
    [
        new("a private key", PrivateKey()) { IsUnmistakable = true },
        new("a GitHub token", GitHubToken()) { IsUnmistakable = true },
        new("an AWS access key", AwsKey()) { IsUnmistakable = true },
        new("a Slack token or webhook", SlackToken()) { IsUnmistakable = true },
        new("a signed web token", WebToken()) { IsUnmistakable = true },
        new("an Azure storage key or shared access signature", AzureKey()) { IsUnmistakable = true },
        new("an access token", OtherToken()) { IsUnmistakable = true },
        new("an access token", RarerToken()) { IsUnmistakable = true },
        new("an address with a password in it", AddressWithPassword()),
        new("a password", Assignment()) { Holds = value => Randomness.IsMixed(value), End = NextSetting() },
    ];

    /// <summary>Not sure enough for that, but better not sent to anybody.</summary>
    public static IReadOnlyList<SecretShape> Likely { get; } =
    [
        new("a password", Password()) { Holds = value => Randomness.MayBePassword(value) },
        new("a password", QuotedPassword()) { Holds = value => Randomness.MayBePassword(value) },
        new("a key", NamedKey()) { Holds = value => Randomness.IsMixed(value) },
        new("a key", NamedHexKey()),
        new("an access token", AuthorizationHeader()) { Holds = value => Randomness.IsMixed(value) },
        new("a password", BasicHeader()),
        new("a password", CommandLineUser()),
        new("an access token", AddressWithToken()) { Holds = value => Randomness.IsMixed(value) },
        new("a webhook", Webhook()),
        new("a key", LongRun()) { Holds = Randomness.IsRandomRun },
    ];

    /// <summary>To its end mark; where that is missing, the lines of base64 that follow.</summary>
    [GeneratedRegex(@"-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:(?:[^-]|-(?!----)){0,12000}-----END [A-Z0-9 ]{1,60}-----|(?:(?:\s|\\[rn]){0,8}[A-Za-z0-9+/=]{16,80}){0,200})")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255})")]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])")]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-[0-9]-[A-Za-z0-9-]{20,255})|hooks\.slack\.com/services/(?<value>[A-Za-z0-9][A-Za-z0-9/_-]{0,200})")]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{8,4000}")]
    private static partial Regex WebToken();

    [GeneratedRegex(@"(?:AccountKey|SharedAccessKey)\s{0,3}=\s{0,3}(?<value>[A-Za-z0-9+/]{20,200}={0,2})|(?<![A-Za-z0-9+/]|sha512-)(?<value>[A-Za-z0-9+/]{86}==)|[?&]sig=(?<value>[A-Za-z0-9%+/]{20,200}={0,2})", RegexOptions.IgnoreCase)]
    private static partial Regex AzureKey();

    /// <summary>Google, OpenAI and Anthropic, npm, NuGet, Stripe, GitLab, Azure DevOps.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:AIza[A-Za-z0-9_-]{35}|sk-[A-Za-z0-9_-]{20,255}|npm_[A-Za-z0-9]{36}|oy2[a-z0-9]{43}|[sr]k_live_[A-Za-z0-9]{16,255}|glpat-[A-Za-z0-9_-]{20,255}|[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4})")]
    private static partial Regex OtherToken();

    /// <summary>
    /// Microsoft Entra client secrets, PyPI, SendGrid, Twilio, Stripe for tests and webhooks, Google OAuth, GitLab's other tokens, Docker, Hugging
    /// Face, Atlassian, DigitalOcean, Databricks, Linear, Shopify, Telegram.
    /// </summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}|(?<![A-Za-z0-9])(?:pypi-AgE[A-Za-z0-9_-]{50,400}|SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|SK[0-9a-f]{32}(?![A-Za-z0-9])|[sr]k_test_[A-Za-z0-9]{16,255}|whsec_[A-Za-z0-9+/=]{24,255}|ya29\.[A-Za-z0-9_-]{20,400}|GOCSPX-[A-Za-z0-9_-]{28}|gl(?:ptt|dt|rt|cbt|ft|imt|oas|soat)-[A-Za-z0-9_-]{20,255}|dckr_pat_[A-Za-z0-9_-]{20,64}|hf_[A-Za-z]{34}(?![A-Za-z])|ATATT3[A-Za-z0-9_=-]{50,400}|do[opr]_v1_[a-f0-9]{64}|dapi[a-f0-9]{32}(?![A-Za-z0-9])|lin_api_[A-Za-z0-9]{40}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|[0-9]{8,10}:AA[A-Za-z0-9_-]{33})")]
    private static partial Regex RarerToken();

    [GeneratedRegex(@"[a-z][a-z0-9+.-]{1,15}://(?<value>[^\s/:@<>]{1,100}:[^\s/:@<>]{3,200})@", RegexOptions.IgnoreCase)]
    private static partial Regex AddressWithPassword();

    [GeneratedRegex(
        @"(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|client[_-]?secret)[""'`]?\s{0,5}[:=]\s{0,5}[""'`]?(?!https?:)(?<value>[A-Za-z0-9!$%^*_+=.,:;/\\~?-]{10,200})(?!\()",
        RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();

    /// <summary>Where a connection string goes on.</summary>
    [GeneratedRegex(@";[A-Za-z][A-Za-z ]{1,40}=")]
    private static partial Regex NextSetting();

    /// <summary>As in connection strings, property files and command lines, where nothing stands around the sign.</summary>
    [GeneratedRegex(@"(?:password|passwd|passphrase|pwd|passwort|kennwort)(?:=|:[ ]?)(?![""'`])(?<value>[^\s;&<>""'`]{4,200})", RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    [GeneratedRegex(@"(?:password|passwd|passphrase|pwd|passwort|kennwort|secret)[""'`]?\s{0,5}(?::|=>|:?=)\s{0,5}(?<quote>[""'`])(?<value>[^""'`\r\n]{4,200})\k<quote>", RegexOptions.IgnoreCase)]
    private static partial Regex QuotedPassword();

    [GeneratedRegex(
        @"(?<![a-z])(?:(?:[a-z0-9]{1,20}[_.-]?)?(?:api|account|auth|access|encryption|signing|shared|primary|secondary|subscription|license|function|private)[_ -]?key|x-functions-key|code|pat|credentials?|_?auth(?:token)?|session(?:[_-]?id)?|sid|jsessionid|cookie|csrf(?:token)?|sig(?:nature)?)[""'`]?\s{0,3}[:=]\s{0,3}[""'`]?(?<value>[A-Za-z0-9_+/.~%-]{20,400}={0,2})(?![A-Za-z0-9(])",
        RegexOptions.IgnoreCase)]
    private static partial Regex NamedKey();

    /// <summary>Hexadecimal or base32 right after a word that means a key: a bare one of either is taken for a hash.</summary>
    [GeneratedRegex(@"(?:api|auth|access|account|secret|private|encryption)[_ -]?(?:key|token)[""'`]?\s{0,3}[:=]\s{0,3}[""'`]?(?<value>[0-9a-f]{32,128}|[a-z2-7]{52})(?![a-z0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex NamedHexKey();

    [GeneratedRegex(@"\b(?:bearer|token|apikey)[ ]{1,3}(?<value>[A-Za-z0-9_+/.~-]{16,4000}={0,2})", RegexOptions.IgnoreCase)]
    private static partial Regex AuthorizationHeader();

    [GeneratedRegex(@"authorization[""']?\s{0,3}[:=]\s{0,3}[""']?(?:basic|digest|negotiate|ntlm)\s{1,3}(?<value>[A-Za-z0-9+/_-]{6,4000}={0,2})", RegexOptions.IgnoreCase)]
    private static partial Regex BasicHeader();

    [GeneratedRegex(@"\bcurl\b[^\r\n]{0,200}?\s(?:-u|--user)[ =]?[""']?(?<value>[^\s:""']{1,100}:[^\s""']{3,200})")]
    private static partial Regex CommandLineUser();

    [GeneratedRegex(@"https?://(?<value>[A-Za-z0-9_-]{20,255})@", RegexOptions.IgnoreCase)]
    private static partial Regex AddressWithToken();

    [GeneratedRegex(@"(?:discord(?:app)?\.com/api/webhooks/|webhook\.office\.com/webhookb2/|logic\.azure\.com[^\s""'<>]{0,200}[?&]sig=)(?<value>[^\s""'<>)]{20,300})", RegexOptions.IgnoreCase)]
    private static partial Regex Webhook();

    [GeneratedRegex(@"(?<![A-Za-z0-9+/_.\\-])(?<!sha(?:1|256|384|512):)(?<!base64,)(?!sha(?:1|256|384|512)-)[A-Za-z0-9+_][A-Za-z0-9+/_-]{39,4000}={0,2}", RegexOptions.IgnoreCase)]
    private static partial Regex LongRun();
}
