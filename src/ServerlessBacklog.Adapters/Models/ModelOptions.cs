using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>Which language models may be asked, and how much of them; docs/models.md tells how to connect each.</summary>
public sealed record ModelOptions
{
    /// <summary>The section that holds them: <c>Models__Endpoint=https://NAME.openai.azure.com</c>.</summary>
    public const string Section = "Models";

    private const string Much = "100000000000";

    public string? Endpoint { get; init; }

    /// <summary>How <see cref="Endpoint"/> is spoken to: <c>azure</c> or <c>openai</c>. Default: by its host.</summary>
    public string? Kind { get; init; }

    public string? ApiKey { get; init; }

    /// <summary>Sign in as this process. Default: where the endpoint is Azure's and there is no key.</summary>
    public bool? UseIdentity { get; init; }

    /// <summary>Deployment (Azure) or model that chats.</summary>
    public string? ChatDeployment { get; init; }

    /// <summary>Deployment or model that embeds.</summary>
    public string? EmbeddingDeployment { get; init; }

    /// <summary>Components of a vector. Default 512: enough, and a third of the storage of what most models would give. 0 for the model's own size.</summary>
    [Range(0, 4096)]
    public int EmbeddingSize { get; init; } = 512;

    /// <summary>True: nothing is sent anywhere, whatever else is set.</summary>
    public bool LocalOnly { get; init; }

    /// <summary>Backlogs of which nothing is ever sent; a name that ends with <c>*</c> stands for all that begin so.</summary>
    public IReadOnlyList<string> LocalOnlyBacklogs { get; init; } = [];

    [Range(1_000L, 1_000_000_000_000L)]
    public long TokensPerDay { get; init; } = new ModelLimits().TokensPerDay;

    /// <summary>In the currency of the prices; null for no such limit.</summary>
    [Range(typeof(decimal), "0", Much)]
    public decimal? CostPerDay { get; init; }

    /// <summary>Of a million tokens.</summary>
    [Range(typeof(decimal), "0", Much)]
    public decimal InputPrice { get; init; }

    /// <summary>Of a million tokens that the service has in its cache. Default: <see cref="InputPrice"/>.</summary>
    [Range(typeof(decimal), "0", Much)]
    public decimal? CachedInputPrice { get; init; }

    /// <summary>Of a million tokens.</summary>
    [Range(typeof(decimal), "0", Much)]
    public decimal OutputPrice { get; init; }

    /// <summary>Of a million tokens that are embedded.</summary>
    [Range(typeof(decimal), "0", Much)]
    public decimal EmbeddingPrice { get; init; }

    /// <summary>Tokens that a prompt and its answer may have together.</summary>
    [Range(2_000, 10_000_000)]
    public int ContextTokens { get; init; } = new ModelSetup().ContextTokens;

    /// <summary>Questions under way at once in one process.</summary>
    [Range(1, 64)]
    public int AtOnce { get; init; } = new ModelSetup().AtOnce;

    /// <summary>Time for one answer. Default 60 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a question is asked again after a failure that may pass. Default 3.</summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 3;

    public bool HasChat => !LocalOnly && ChatDeployment is not null;

    public bool HasEmbeddings => !LocalOnly && EmbeddingDeployment is not null;

    public bool IsLocalOnly(string backlog) => LocalOnly || new ModelSetup { LocalOnlyBacklogs = LocalOnlyBacklogs }.IsLocalOnly(backlog);

    public ModelLimits Limits => new(TokensPerDay, CostPerDay);

    public ModelPrices Prices => new(InputPrice, CachedInputPrice ?? InputPrice, OutputPrice);

    /// <exception cref="UserErrorException">A setting is misspelled, out of its range, or does not go with another one.</exception>
    public static ModelOptions Read(IConfiguration configuration)
    {
        var options = Bind(configuration.GetSection(Section));
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
            throw new UserErrorException($"Settings in {Section} are out of range. {string.Join(' ', problems.Select(p => p.ErrorMessage))}");
        options.Demand();
        return options;
    }

    private void Demand()
    {
        if (Endpoint is null && (ChatDeployment ?? EmbeddingDeployment) is not null)
            throw new UserErrorException("Models:ChatDeployment or Models:EmbeddingDeployment is set, and Models:Endpoint is not. Say where the model answers, such as https://NAME.openai.azure.com.");
        if (Endpoint is null)
            return;
        if ((ChatDeployment ?? EmbeddingDeployment) is null)
            throw new UserErrorException("Models:Endpoint is set, and no model is. Name one in Models:ChatDeployment or Models:EmbeddingDeployment, or leave the endpoint out.");
        if (CostPerDay is not null && !Prices.IsKnown)
            throw new UserErrorException("Models:CostPerDay is set, and no prices are. Set Models:InputPrice and Models:OutputPrice (of a million tokens), or leave the limit out.");
        ModelAddress.Of(this);
    }

    private static ModelOptions Bind(IConfigurationSection section)
    {
        // In app settings an empty value means that it is not set.
        var set = new ConfigurationBuilder().AddInMemoryCollection(
            section.AsEnumerable(makePathsRelative: true).Where(s => !string.IsNullOrWhiteSpace(s.Value)).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value!.Trim()))).Build();
        try
        {
            return set.Get<ModelOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new ModelOptions();
        }
        catch (InvalidOperationException fault)
        {
            throw new UserErrorException($"Settings in {Section} cannot be read: {fault.Message} See docs/models.md for their names.", fault);
        }
    }
}
