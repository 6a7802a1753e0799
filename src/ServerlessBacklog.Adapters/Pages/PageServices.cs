using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Adapters.Review;
using ServerlessBacklog.Adapters.SignIn;

namespace ServerlessBacklog.Adapters.Pages;

internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        foreach (var entry in PageList.All)
            services.AddSingleton(entry.Page);
        return services
            .AddSingleton<PageDoor>()
            .AddSingleton<PageSpeakers>()
            .AddSingleton<PageReaders>()
            .AddSingleton<PageSignIn>()
            .AddSingleton<FrontDoor>()
            .AddSingleton<ReviewReading>()
            .AddSingleton<ReviewAnswers>()
            .AddSingleton<DecisionFollowing>()
            .AddSingleton(provider => new PageDesk(provider));
    }
}
