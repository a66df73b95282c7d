//! Bags to measure with: plain ones by the standard, without the tag manifests that cost nothing to speak of.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::Result;
use letopis::base::digest::{Algorithm, BUFFER_BYTES, Hashers};

/// A bag and the paths of its payload from its root.
pub(crate) struct Bag {
    pub(crate) folder: PathBuf,
    pub(crate) paths: Vec<String>,
}

impl Bag {
    fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder.join("data"))?;
        let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        fs::write(folder.join("bagit.txt"), declaration)?;
        Ok(Self { folder: folder.to_owned(), paths: Vec::new() })
    }

    /// Makes a bag of files that no file system can make smaller.
    pub(crate) fn of_random_files(folder: &Path, count: u64, bytes: usize) -> Result<Self> {
        let mut bag = Self::new(folder)?;
        let (mut random, mut content) = (fastrand::Rng::with_seed(1), vec![0; bytes]);
        for number in 0..count {
            random.fill(&mut content);
            bag.add(format!("data/{number:05}.bin"), &content)?;
        }
        Ok(bag)
    }

    /// Makes a bag of one file of zeros that takes no space.
    pub(crate) fn of_hole(folder: &Path, bytes: u64) -> Result<Self> {
        let mut bag = Self::new(folder)?;
        bag.paths.push("data/hole.bin".to_owned());
        File::create(folder.join("data/hole.bin"))?.set_len(bytes)?;
        Ok(bag)
    }

    /// Makes a bag of files of some hundred bytes in folders of a thousand.
    pub(crate) fn of_small_files(folder: &Path, count: usize) -> Result<Self> {
        let mut bag = Self::new(folder)?;
        for number in 0..count {
            let path = format!("data/{:03}/{number:06}.txt", number / 1_000);
            if number % 1_000 == 0 {
                fs::create_dir_all(folder.join(&path).with_file_name(""))?;
            }
            bag.add(path, format!("{number}\n").repeat(30).as_bytes())?;
        }
        Ok(bag)
    }

    fn add(&mut self, path: String, content: &[u8]) -> Result<()> {
        fs::write(self.folder.join(&path), content)?;
        self.paths.push(path);
        Ok(())
    }

    /// Writes the manifests.
    pub(crate) fn list(&mut self, algorithms: &[Algorithm]) -> Result<()> {
        let mut texts = vec![String::new(); algorithms.len()];
        let mut buffer = vec![0; BUFFER_BYTES];
        for path in &self.paths {
            let (mut file, mut hashers) = (File::open(self.folder.join(path))?, Hashers::new(algorithms));
            loop {
                let count = std::io::Read::read(&mut file, &mut buffer)?;
                if count == 0 {
                    break;
                }
                hashers.update(&buffer[..count]);
            }
            for (text, (_, digest)) in texts.iter_mut().zip(hashers.finish()) {
                text.push_str(&format!("{digest}  {path}\n"));
            }
        }
        for (algorithm, text) in algorithms.iter().zip(texts) {
            fs::write(self.folder.join(format!("manifest-{}.txt", algorithm.name())), text)?;
        }
        Ok(())
    }
}
