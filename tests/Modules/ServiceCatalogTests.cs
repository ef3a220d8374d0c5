using OpenHall.App;
using OpenHall.Catalog;

namespace OpenHall.Tests.Modules;

public class ServiceCatalogTests
{
    [Fact]
    public void The_packs_of_the_product_are_without_mistake()
    {
        var packs = Packs.Read(TestHall.PacksFolder, "base", "power");
        var catalog = ServiceCatalog.Read(packs);
        Assert.Empty(packs.Errors.All);
        Assert.Equal("payment", catalog.Services[0].Code);
        Assert.All(catalog.Services, s => Assert.Contains(catalog.Types, t => t.Queue == s.Code));
        Assert.NotEmpty(catalog.FindType("change_holder")!.Papers);
    }

    [Fact]
    public void Every_mistake_is_told_with_its_file_and_line()
    {
        var folder = Directory.CreateTempSubdirectory("openhall-test-");
        try
        {
            folder.CreateSubdirectory("base");
            File.WriteAllText(Path.Combine(folder.FullName, "base", "services.yaml"), """
                queue_services:
                  pay:
                    name: [缴费, Pay]
                    hint: [电费, Bills]
                    letter: A
                    posts: [nobody]
                  ask:
                    name: [咨询, Ask]
                    hint: [问, Ask]
                    letter: A
                    minutes: 900
                service_types:
                  one:
                    name: [一]
                    queue: gone
                visitor_classes:
                  usual: {name: [普通, Usual]}
                """);
            var packs = Packs.Read(folder.FullName, "base");
            ServiceCatalog.Read(packs);
            Assert.Equal(
            [
                "packs/base/services.yaml:6: post 'nobody' is in no posts.yaml",
                "packs/base/services.yaml:10: letter 'A' belongs to 'pay' already",
                "packs/base/services.yaml:11: minutes: 1 to 240 is wanted",
                "packs/base/services.yaml:14: 'name' needs [中文, English]",
                "packs/base/services.yaml:15: queue service 'gone' is in no services.yaml",
            ], packs.Errors.All.Order(StringComparer.Ordinal).OrderBy(e => int.Parse(e.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
