using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ServerlessBacklog.Adapters.Trackers.Http;

public static class TrackerHttpServices
{
    /// <summary>Adds <see cref="ITrackerHttp"/> with the settings of <see cref="PaceOptions.Section"/>, which are checked here.</summary>
    public static IServiceCollection AddTrackerHttp(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(PaceOptions.Read(configuration))
        .AddSingleton<ITrackerHttp, PoliteHttp>();
}
