using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>
/// How much of a host's limits is used, for each host and account. The defaults lie under what GitHub documents
/// (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api); docs/rate-limits.md says why.
/// </summary>
public sealed record PaceOptions
{
    /// <summary>The section that holds them: <c>Trackers__Pace__WritesPerHour=200</c>.</summary>
    public const string Section = "Trackers:Pace";

    /// <summary>Pause from the end of one write to the start of the next. Default 1 second, which is also the least.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan WriteSpacing { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Writes in any minute. Default 50; GitHub refuses from about 80 on.</summary>
    [Range(1, 80)]
    public int WritesPerMinute { get; init; } = 50;

    /// <summary>Writes in any hour. Default 300; GitHub refuses from about 500 on.</summary>
    [Range(1, 500)]
    public int WritesPerHour { get; init; } = 300;

    /// <summary>REST points in any minute: a read takes 1, anything else 5. Default 800 of GitHub's 900: the rest is for requests under way.</summary>
    [Range(10, 900)]
    public int RestPointsPerMinute { get; init; } = 800;

    /// <summary>GraphQL points in any minute: a query takes 1, a mutation 5. Default 1,800 of GitHub's 2,000.</summary>
    [Range(10, 2000)]
    public int GraphQlPointsPerMinute { get; init; } = 1800;

    /// <summary>Reads under way at once in one process. Default 4.</summary>
    [Range(1, 50)]
    public int ReadsAtOnce { get; init; } = 4;

    /// <summary>Part of the hourly limit that scheduled work may take (<see cref="BudgetShare"/>). Default 0.10.</summary>
    [Range(0.01, 1.0)]
    public double ScheduledShare { get; init; } = 0.10;

    /// <summary>Requests an hour that a host is taken to allow until it tells. Default 5,000.</summary>
    [Range(60, 100_000)]
    public int AssumedHourlyLimit { get; init; } = 5000;

    /// <summary>A request that would wait longer is not sent: <see cref="BudgetExhaustedException"/>. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for one answer, body included. Default 55 seconds: Azure DevOps may hold a request back for 30.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(55);

    /// <summary>Pause after a refusal that names no time; it doubles while refusals go on, up to an hour. Default 1 minute, which is also the least.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan FirstPenalty { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a read is tried again after 502, 503, 504 or a network fault. Default 3.</summary>
    [Range(0, 10)]
    public int ReadRetries { get; init; } = 3;

    /// <summary>True to keep no budget with trackers on this very machine: those that tests and trials play. Default false.</summary>
    public bool SkipLoopback { get; init; }

    /// <summary>Memory for answers that the host may call unchanged, in MiB for the whole process; 0 for none. Default 32.</summary>
    [Range(0, 1024)]
    public int CacheMegabytes { get; init; } = 32;

    /// <exception cref="UserErrorException">A setting is misspelled or out of its range.</exception>
    public static PaceOptions Read(IConfiguration configuration)
    {
        var options = Bind(configuration.GetSection(Section));
        var problems = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
            return options;
        throw new UserErrorException($"Settings in {Section} are out of range. {string.Join(' ', problems.Select(p => p.ErrorMessage))}");
    }

    private static PaceOptions Bind(IConfigurationSection section)
    {
        try
        {
            return section.Get<PaceOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new PaceOptions();
        }
        catch (InvalidOperationException fault)
        {
            throw new UserErrorException($"Settings in {Section} cannot be read: {fault.Message} See docs/rate-limits.md for their names.", fault);
        }
    }
}
