using Heliotrope.Server.Brands;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class BrandsMapping : IEntityTypeConfiguration<Brand>, IEntityTypeConfiguration<BrandTemplate>
{
    public void Configure(EntityTypeBuilder<Brand> builder)
    {
        builder.ToTable("Brands");
        builder.HasIndex(b => b.Name).IsUnique();
        builder.HasOne<Team>().WithMany().HasForeignKey(b => b.TeamId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<BrandTemplate> builder)
    {
        builder.ToTable("BrandTemplates").HasKey(t => new { t.BrandId, t.Kind, t.Language });
        builder.HasOne<Brand>().WithMany().HasForeignKey(t => t.BrandId).OnDelete(DeleteBehavior.Cascade);
    }
}
