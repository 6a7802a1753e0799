using System.Globalization;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Adapters.Notifications;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Adapters.SignIn;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Value;

namespace ServerlessBacklog.Adapters.Setup;

/// <summary>
/// All settings of the program. <c>local.settings.sample.json</c> and docs/settings.md hold the same ones (tests compare them), and a key of
/// these sections that is not here is taken for a misspelling.
/// </summary>
public static class SettingList
{
    private static readonly PaceOptions Pace = new();
    private static readonly RetentionSettings Kept = new();

    private static readonly ModelOptions Models = new();

    public static IReadOnlyList<SettingGroup> Groups { get; } =
    [
        new("Storage",
        [
            new("Storage:Connection", "", "Where backlogs are kept: name of a storage account (identity signs in), connection string, or `UseDevelopmentStorage=true`. Without it: `DataDirectory`.") { Kind = SettingKind.Secret },
            new("DataDirectory", ".backlog", "Folder of the embedded store. On Azure set `Storage:Connection` instead: what a function app writes to its own disk is lost."),
        ]),
        new("Triage",
        [
            new("Triage:Autonomy", "shadow", "How far all steps may go: `off`, `shadow` (nothing is written), `suggest`, `auto`. Closing always needs a person."),
            new("Triage:WithoutGate", "false", "`true` to let steps go as far as is configured though their gates were not passed (docs/configuration.md): your own risk, and shown wherever levels are."),
            new(EncoderSettings.Key, EncoderSettings.Local, "`local`: a sentence encoder inside the process (all-MiniLM-L6-v2, about 300 MB of memory) tells which texts mean the same. `model`: the one that `Models:EmbeddingDeployment` names, over the network. `off`: words alone."),
            .. TriageSteps.All.Select(step => new Setting($"Triage:Steps:{step.Name}", "", $"The same for the step {step.Name} alone. Default: `Triage:Autonomy`.")),
        ]),
        new("GitHub",
        [
            new("GitHub:WebhookSecrets", "", "Secrets of the webhook; several are good at once. Without one no call is believed.") { Kind = SettingKind.Secret, IsList = true },
            new("GitHub:AppId", "", "Number of the GitHub App. An app goes before a token."),
            new("GitHub:ClientId", "", "The app's client id; does as well as `AppId`."),
            new("GitHub:AppSlug", "", "The app's name in addresses. Default: asked for."),
            new("GitHub:PrivateKey", "", "The app's private key: PEM text, or the path of a .pem file.") { Kind = SettingKind.Secret },
            new("GitHub:Token", "", "An access token, instead of an app. Default: the variables `GITHUB_TOKEN`, `GH_TOKEN`.") { Kind = SettingKind.Secret },
            new("GitHub:ApiBaseUrl", GitHubOptions.DefaultApiBaseUrl, "`https://HOST/api/v3` for GitHub Enterprise Server."),
            new("GitHub:AllowedBots", "", "Logins of bots whose events count like those of people.") { IsList = true },
        ]),
        new("AzureDevOps",
        [
            new("AzureDevOps:HookSecrets", "", "Secrets of service hooks; several are good at once. Without one no call is believed.") { Kind = SettingKind.Secret, IsList = true },
            new("AzureDevOps:UseIdentity", "false", "`true` to sign in as this process: managed identity, `az login`, environment."),
            new("AzureDevOps:TenantId", "", "Directory of a service principal that signs in with `ClientSecret`."),
            new("AzureDevOps:ClientId", "", "The service principal; with `UseIdentity` a user-assigned managed identity."),
            new("AzureDevOps:ClientSecret", "", "Secret of the service principal.") { Kind = SettingKind.Secret },
            new("AzureDevOps:Token", "", "Personal access token, scopes Work Items (Read & write) and Project and Team (Read); the fallback. Default: the variable `AZURE_DEVOPS_EXT_PAT`.") { Kind = SettingKind.Secret },
            new("AzureDevOps:BaseUrl", AzureDevOpsOptions.Cloud.AbsoluteUri.TrimEnd('/'), "Where organizations (on a server: collections) lie."),
            new("AzureDevOps:Subscriptions", "", "Ids of the service hook subscriptions that are ours. Default: all are taken.") { IsList = true },
            new("AzureDevOps:OwnIdentity", "", "Our own account, so that events that we cause are known."),
            new("AzureDevOps:HookQueue", "", "Queue of the storage account into which service hooks deliver instead of calling.") ,
            new("AzureDevOps:AllowedBots", "", "Accounts of bots whose events count like those of people.") { IsList = true },
        ]),
        new(ModelOptions.Section,
        [
            new("Models:Endpoint", "", "Where language models answer: `https://NAME.openai.azure.com`, `https://api.openai.com/v1`, or the base address of a compatible service (Ollama: `http://localhost:11434/v1`). Without it triage goes by rules."),
            new("Models:Kind", "", "How the endpoint is spoken to, `azure` or `openai`. Default: by its host."),
            new("Models:ApiKey", "", "Key of the service. On Azure better none: then the app's identity signs in.") { Kind = SettingKind.Secret },
            new("Models:UseIdentity", "", "`true` to sign in as this process: managed identity, `az login`, environment. Default: where the endpoint is Azure's and there is no key."),
            new("Models:ChatDeployment", "", "Deployment (Azure) or model that answers questions. It must know structured outputs (`json_schema`)."),
            new("Models:EmbeddingDeployment", "", "Deployment or model that turns texts into vectors, for `Triage:Encoder` = `model`."),
            Model(nameof(ModelOptions.EmbeddingSize), Models.EmbeddingSize, "Components of a vector; 0 for the model's own size."),
            Model(nameof(ModelOptions.LocalOnly), "false", "`true`: nothing is sent to any model, whatever else is set."),
            new("Models:LocalOnlyBacklogs", "", "Backlogs of which nothing is ever sent; `hr-*` stands for all that begin so.") { IsList = true },
            Model(nameof(ModelOptions.TokensPerDay), Models.TokensPerDay, "Tokens, of prompts and answers together, that each backlog may use in a UTC day."),
            new("Models:CostPerDay", "", "What each backlog may cost in a UTC day, in the currency of the prices. Default: no such limit."),
            Model(nameof(ModelOptions.InputPrice), Models.InputPrice, "Price of a million tokens of prompts."),
            new("Models:CachedInputPrice", "", "Price of a million tokens of prompts that the service has in its cache. Default: `InputPrice`."),
            Model(nameof(ModelOptions.OutputPrice), Models.OutputPrice, "Price of a million tokens of answers."),
            Model(nameof(ModelOptions.EmbeddingPrice), Models.EmbeddingPrice, "Price of a million tokens that are embedded."),
            Model(nameof(ModelOptions.ContextTokens), Models.ContextTokens, "Tokens that a prompt and its answer may have together; longer texts are cut."),
            Model(nameof(ModelOptions.AtOnce), Models.AtOnce, "Questions under way at once in one process."),
            Model(nameof(ModelOptions.Timeout), Models.Timeout, "Time for one answer."),
            Model(nameof(ModelOptions.Retries), Models.Retries, "How often a question is asked again after a failure that may pass."),
        ]),
        new(PrivacyOptions.Section,
        [
            new("Privacy:MaySend", "internal", "The highest class of data that may leave to a language model: `public`, `internal`, `personal`. Secrets never do (docs/privacy.md)."),
            new("Privacy:HideNames", "true", "`true` to put placeholders for names of people that stand in texts, unless `MaySend` is `personal`."),
            new("Privacy:HideAddresses", "false", "`true` to put placeholders for IP addresses too. E-mail addresses, phone numbers and secrets always have them."),
            new("Privacy:KeepDeliveriesDays", Kept.DeliveryDays.ToString(CultureInfo.InvariantCulture), "Days for which deliveries are kept, 1 to 365."),
            new("Privacy:KeepAnswersDays", Kept.AnswerDays.ToString(CultureInfo.InvariantCulture), "Days for which answers of language models are kept, 1 to 365."),
            .. Enum.GetValues<ItemField>().Select(f => new Setting($"Privacy:Fields:{f}", new FieldClasses().Of(f).ToString().ToLowerInvariant(), $"Class of the field {f} of an item: `public`, `internal`, `personal`, `secret`.")),
        ]),
        new(ValueOptions.Section,
        [
            new("Value:Minutes", "", $"Minutes that an act saves, as `label=0.5, archive=6` (docs/value.md). Default: {string.Join(", ", ValueSettings.DefaultMinutes.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key}={m.Value}")))}."),
            new("Value:ReviewMinutes", "1", "Minutes that answering one ask takes a person."),
            new("Value:AzureMonthlyCost", "", "What Azure costs a month, in the currency of the prices under `Models`. Without it no money is reckoned."),
            new("Value:HourlyRate", "", "What an hour of a person costs, in the same currency. Without it no money is reckoned."),
        ]),
        new(NotificationOptions.Section,
        [
            new("Notifications:SiteUrl", "", "Where people reach this host: `https://my-app.azurewebsites.net`. Without it messages have no link to unsubscribe and none to pages."),
            new("Notifications:Email:Graph:Mailbox", "", "Mailbox of Microsoft 365 that messages are sent from by Microsoft Graph; goes before a mail server."),
            new("Notifications:Email:Graph:ClientId", "", "A user-assigned managed identity that may send as this mailbox. Default: whoever this process signs in as."),
            new("Notifications:Email:Graph:BaseUrl", NotificationOptions.DefaultGraph, "Microsoft Graph, or a service played on this machine.") { Kind = SettingKind.Trial },
            new("Notifications:Email:Smtp:Host", "", "Mail server that messages are sent by. It must offer encryption, unless it is on this machine."),
            new("Notifications:Email:Smtp:Port", NotificationOptions.DefaultSmtpPort.ToString(CultureInfo.InvariantCulture), "Its port; 465 for TLS from the start."),
            new("Notifications:Email:Smtp:From", "", "Address that messages come from; required with `Host`."),
            new("Notifications:Email:Smtp:User", "", "Who signs in there. Default: nobody."),
            new("Notifications:Email:Smtp:Password", "", "The password of `User`.") { Kind = SettingKind.Secret },
            new("Notifications:Email:Directory", "", "Folder into which messages are written as .eml files, where neither of the two is set."),
            new("Notifications:Teams:Webhooks", "", "URLs of Teams workflows; the last part is the name by which addresses say it: `Notifications:Teams:Webhooks:sales` is `teams:sales`.") { Kind = SettingKind.Secret, IsList = true },
            new("Notifications:Slack:Webhooks", "", "URLs of incoming webhooks of Slack, named alike: `Notifications:Slack:Webhooks:team` is `slack:team`.") { Kind = SettingKind.Secret, IsList = true },
            new("Notifications:Slack:SigningSecrets", "", "Signing secrets of the Slack app whose commands and buttons are heard; several are good at once.") { Kind = SettingKind.Secret, IsList = true },
            new("Notifications:AllowLoopback", "false", "`true` to send to webhooks played on this machine.") { Kind = SettingKind.Trial },
        ]),
        new("Pages",
        [
            new(PageSignIn.Setting, "", "`appservice` where App Service asks people who they are, so that its word for it is taken. Default: nobody can sign in, and a host that others reach shows no page."),
        ]),
        new("Timers", [.. Timers.All.Select(t => new Setting($"Timers:{t.Name}", t.Schedule, $"{Capital(t.What)}: second minute hour day month weekday, UTC."))]),
        new("Trackers:Pace",
        [
            Of(nameof(PaceOptions.WriteSpacing), Pace.WriteSpacing, "Pause between two writes."),
            Of(nameof(PaceOptions.WritesPerMinute), Pace.WritesPerMinute, "Most writes in any minute."),
            Of(nameof(PaceOptions.WritesPerHour), Pace.WritesPerHour, "Most writes in any hour."),
            Of(nameof(PaceOptions.RestPointsPerMinute), Pace.RestPointsPerMinute, "REST points in any minute: a read takes 1, a write 5."),
            Of(nameof(PaceOptions.GraphQlPointsPerMinute), Pace.GraphQlPointsPerMinute, "GraphQL points in any minute."),
            Of(nameof(PaceOptions.ReadsAtOnce), Pace.ReadsAtOnce, "Reads under way at once in one process."),
            Of(nameof(PaceOptions.ScheduledShare), Pace.ScheduledShare, "Part of the hourly limit that scheduled work may take."),
            Of(nameof(PaceOptions.AssumedHourlyLimit), Pace.AssumedHourlyLimit, "Requests an hour that a host is taken to allow until it tells."),
            Of(nameof(PaceOptions.MaxWait), Pace.MaxWait, "A request that would wait longer is not sent."),
            Of(nameof(PaceOptions.RequestTimeout), Pace.RequestTimeout, "Time for one answer."),
            Of(nameof(PaceOptions.FirstPenalty), Pace.FirstPenalty, "Pause after a refusal that names no time."),
            Of(nameof(PaceOptions.ReadRetries), Pace.ReadRetries, "How often a read is tried again."),
            Of(nameof(PaceOptions.CacheMegabytes), Pace.CacheMegabytes, "Memory for unchanged answers, in MiB."),
            Of(nameof(PaceOptions.SkipLoopback), Pace.SkipLoopback, "`true` to keep no budget with trackers played on this machine.") with { Kind = SettingKind.Trial },
        ]),
    ];

    public static IEnumerable<Setting> All => Groups.SelectMany(g => g.Settings);

    private static Setting Of(string name, IFormattable value, string what) => new($"{PaceOptions.Section}:{name}", value.ToString(null, CultureInfo.InvariantCulture), what);

    private static Setting Model(string name, IFormattable value, string what) => Model(name, value.ToString(null, CultureInfo.InvariantCulture), what);

    private static Setting Model(string name, string value, string what) => new($"{ModelOptions.Section}:{name}", value, what);

    private static Setting Of(string name, bool value, string what) => new($"{PaceOptions.Section}:{name}", value ? "true" : "false", what);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

/// <param name="Name">The section that they share; its first part is watched for misspellings.</param>
public sealed record SettingGroup(string Name, IReadOnlyList<Setting> Settings);
